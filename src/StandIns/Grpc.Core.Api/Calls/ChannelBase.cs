namespace Grpc.Core;

/// <summary>A connection to a server, on which clients are made.</summary>
public abstract class ChannelBase
{
    /// <summary>Makes a channel.</summary>
    /// <param name="target">The server's address.</param>
    protected ChannelBase(string target) => Target = target ?? throw new ArgumentNullException(nameof(target));

    /// <summary>The server's address.</summary>
    public string Target { get; }

    /// <summary>Makes an invoker whose calls go over this channel.</summary>
    public abstract CallInvoker CreateCallInvoker();

    /// <summary>Closes the channel in good order.</summary>
    public Task ShutdownAsync() => ShutdownAsyncCore();

    /// <summary>Does the closing; nothing to do unless a channel says so.</summary>
    protected virtual Task ShutdownAsyncCore() => Task.CompletedTask;
}

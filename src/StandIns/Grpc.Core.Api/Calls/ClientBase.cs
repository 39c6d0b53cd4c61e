namespace Grpc.Core;

/// <summary>What every generated client builds on.</summary>
public abstract class ClientBase
{
    /// <summary>Makes a client without a channel, for test doubles; its calls throw <see cref="NotImplementedException"/>.</summary>
    protected ClientBase()
        : this(new UnimplementedCallInvoker())
    {
    }

    /// <summary>Makes a client from another's configuration.</summary>
    /// <param name="configuration">The configuration.</param>
    protected ClientBase(ClientBaseConfiguration configuration)
    {
        Configuration = configuration ?? throw new ArgumentNullException(nameof(configuration));
        CallInvoker = configuration.CreateCallInvoker();
    }

    /// <summary>Makes a client on a channel.</summary>
    /// <param name="channel">The channel.</param>
    public ClientBase(ChannelBase channel)
        : this((channel ?? throw new ArgumentNullException(nameof(channel))).CreateCallInvoker())
    {
    }

    /// <summary>Makes a client on an invoker.</summary>
    /// <param name="callInvoker">The invoker.</param>
    public ClientBase(CallInvoker callInvoker)
        : this(new ClientBaseConfiguration(callInvoker, null))
    {
    }

    /// <summary>What makes the calls.</summary>
    protected CallInvoker CallInvoker { get; }

    internal ClientBaseConfiguration Configuration { get; }

    /// <summary>What a client was made from. Closed to all but the library.</summary>
    protected internal class ClientBaseConfiguration
    {
        private readonly CallInvoker _callInvoker;
        private readonly string? _host;

        internal ClientBaseConfiguration(CallInvoker callInvoker, string? host)
        {
            _callInvoker = callInvoker ?? throw new ArgumentNullException(nameof(callInvoker));
            _host = host;
        }

        internal CallInvoker CreateCallInvoker() => _host is null ? _callInvoker : new HostCallInvoker(_callInvoker, _host);

        internal ClientBaseConfiguration WithHost(string host) => new(_callInvoker, host);
    }
}

namespace Grpc.Core;

/// <summary>Through which call credentials tell a channel what they are.</summary>
public abstract class CallCredentialsConfiguratorBase
{
    /// <summary>They consist of others.</summary>
    /// <param name="state">As given by the channel.</param>
    /// <param name="credentials">The others, in order.</param>
    public abstract void SetCompositeCredentials(object? state, IReadOnlyList<CallCredentials> credentials);

    /// <summary>They are a function that adds to the headers.</summary>
    /// <param name="state">As given by the channel.</param>
    /// <param name="interceptor">The function.</param>
    public abstract void SetAsyncAuthInterceptorCredentials(object? state, AsyncAuthInterceptor interceptor);
}

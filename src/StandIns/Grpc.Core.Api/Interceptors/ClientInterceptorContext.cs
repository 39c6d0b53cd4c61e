namespace Grpc.Core.Interceptors;

/// <summary>A call on its way through a client's interceptors.</summary>
/// <typeparam name="TRequest">The request message.</typeparam>
/// <typeparam name="TResponse">The response message.</typeparam>
/// <param name="method">What is called.</param>
/// <param name="host">The host, or null for the channel's.</param>
/// <param name="options">What the call carries.</param>
public struct ClientInterceptorContext<TRequest, TResponse>(Method<TRequest, TResponse> method, string? host, CallOptions options)
    where TRequest : class
    where TResponse : class
{
    /// <summary>What is called.</summary>
    public Method<TRequest, TResponse> Method { get; } = method;

    /// <summary>The host, or null for the channel's.</summary>
    public string? Host { get; } = host;

    /// <summary>What the call carries.</summary>
    public CallOptions Options { get; } = options;
}

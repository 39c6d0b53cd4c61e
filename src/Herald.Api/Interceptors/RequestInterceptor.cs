using Google.Protobuf;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Herald.Api.Calls;

namespace Herald.Api.Interceptors;

/// <summary>
/// Does the same around every call of Herald's services, looking at the request: the one message of most calls, the first of a stream
/// of the client's. No method of Herald's streams both ways; one that did would be refused here rather than run unchecked.
/// </summary>
internal abstract class RequestInterceptor : Interceptor
{
    public sealed override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation) =>
        MethodRules.IsHerald(context.Method)
            ? AroundAsync((IMessage)request, context, () => continuation(request, context))
            : continuation(request, context);

    public sealed override async Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, ServerCallContext context, ClientStreamingServerMethod<TRequest, TResponse> continuation)
    {
        if (!MethodRules.IsHerald(context.Method))
            return await continuation(requestStream, context);
        var peeking = requestStream as PeekingReader<TRequest> ?? new PeekingReader<TRequest>(requestStream);
        var first = await peeking.PeekAsync(context.CancellationToken) ?? Activator.CreateInstance<TRequest>();
        return await AroundAsync((IMessage)first, context, () => continuation(peeking, context));
    }

    public sealed override Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation) =>
        MethodRules.IsHerald(context.Method)
            ? AroundAsync<Nothing>((IMessage)request, context, async () =>
            {
                await continuation(request, responseStream, context);
                return Nothing.Instance;
            })
            : continuation(request, responseStream, context);

    public sealed override Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, IServerStreamWriter<TResponse> responseStream, ServerCallContext context,
        DuplexStreamingServerMethod<TRequest, TResponse> continuation) =>
        MethodRules.IsHerald(context.Method)
            ? throw new RpcException(new Status(StatusCode.Unimplemented, "Herald has no methods that stream both ways."))
            : continuation(requestStream, responseStream, context);

    /// <summary>Does what is to be done around a call.</summary>
    protected abstract Task<TResponse> AroundAsync<TResponse>(IMessage request, ServerCallContext context, Func<Task<TResponse>> next)
        where TResponse : class;

    /// <summary>The result of a call that streams its answers.</summary>
    private sealed class Nothing
    {
        public static readonly Nothing Instance = new();
    }
}

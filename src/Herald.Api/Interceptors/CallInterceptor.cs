using Grpc.Core;
using Grpc.Core.Interceptors;
using Herald.Api.Calls;

namespace Herald.Api.Interceptors;

/// <summary>Does the same around every kind of call of Herald's services, without looking at the request.</summary>
internal abstract class CallInterceptor : Interceptor
{
    public sealed override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation) =>
        MethodRules.IsHerald(context.Method)
            ? AroundAsync(context, () => continuation(request, context))
            : continuation(request, context);

    public sealed override Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, ServerCallContext context, ClientStreamingServerMethod<TRequest, TResponse> continuation) =>
        MethodRules.IsHerald(context.Method)
            ? AroundAsync(context, () => continuation(requestStream, context))
            : continuation(requestStream, context);

    public sealed override Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation) =>
        MethodRules.IsHerald(context.Method)
            ? AroundAsync(context, () => Done(continuation(request, responseStream, context)))
            : continuation(request, responseStream, context);

    public sealed override Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, IServerStreamWriter<TResponse> responseStream, ServerCallContext context,
        DuplexStreamingServerMethod<TRequest, TResponse> continuation) =>
        MethodRules.IsHerald(context.Method)
            ? AroundAsync(context, () => Done(continuation(requestStream, responseStream, context)))
            : continuation(requestStream, responseStream, context);

    /// <summary>Does what is to be done around a call.</summary>
    protected abstract Task<TResult> AroundAsync<TResult>(ServerCallContext context, Func<Task<TResult>> next);

    private static async Task<bool> Done(Task call)
    {
        await call;
        return true;
    }
}

using Grpc.Core;
using Grpc.Core.Interceptors;

using GrpcFacades.Tests.V1;

using Microsoft.Extensions.DependencyInjection;

namespace GrpcFacades.Tests.Calls;

/// <summary>Interceptors on both sides, for calls of every kind.</summary>
public sealed class InterceptorTests
{
    private static readonly string[] ClientKinds =
        ["BlockingUnary", "AsyncUnary", "ClientStreaming", "ServerStreaming", "DuplexStreaming"];

    private static readonly string[] ServerKinds =
        ["UnaryHandler", "UnaryHandler", "ClientStreamingHandler", "ServerStreamingHandler", "DuplexStreamingHandler"];

    [Fact]
    public async Task Interceptors_of_a_client_see_calls_of_every_kind_in_the_order_given()
    {
        await using var server = await EchoServer.StartAsync();
        var log = new CallLog();
        var client = new EchoService.EchoServiceClient(
            server.Channel.Intercept(new LoggingInterceptor("outer", log), new LoggingInterceptor("inner", log)));

        await CallAllKindsAsync(client);

        Assert.Equal(ClientKinds.SelectMany(kind => (string[])[$"outer {kind}", $"inner {kind}"]), log.Entries);
    }

    [Fact]
    public async Task An_interceptor_added_later_sees_calls_first()
    {
        await using var server = await EchoServer.StartAsync();
        var log = new CallLog();
        var client = new EchoService.EchoServiceClient(server.Channel
            .Intercept(new LoggingInterceptor("inner", log))
            .Intercept(new LoggingInterceptor("outer", log)));

        await client.SayAsync(new SayRequest()).ResponseAsync.Within("the answer");

        Assert.Equal(["outer AsyncUnary", "inner AsyncUnary"], log.Entries);
    }

    [Fact]
    public async Task A_function_may_add_to_the_headers_of_every_call()
    {
        await using var server = await EchoServer.StartAsync();
        var received = new TaskCompletionSource<Metadata>();
        server.Behaviour.Say = (request, context) =>
        {
            received.SetResult(context.RequestHeaders);
            return Task.FromResult(new SayResponse { Text = request.Text });
        };
        var client = new EchoService.EchoServiceClient(server.Channel.Intercept(headers =>
        {
            headers.Add("added", "yes");
            return headers;
        }));

        await client.SayAsync(new SayRequest()).ResponseAsync.Within("the answer");

        Assert.Equal("yes", (await received.Task.Within("the call")).GetValue("added"));
    }

    [Fact]
    public async Task An_interceptor_may_answer_in_place_of_the_server()
    {
        await using var server = await EchoServer.StartAsync();
        server.Behaviour.Say = (_, _) => throw new InvalidOperationException("The server was called.");
        var client = new EchoService.EchoServiceClient(server.Channel.Intercept(new AnsweringInterceptor()));

        using var call = client.SayAsync(new SayRequest { Text = "hello" });

        Assert.Equal("intercepted", (await call).Text);
        Assert.Equal("x", (await call.ResponseHeadersAsync).GetValue("made"));
        Assert.Equal(StatusCode.OK, call.GetStatus().StatusCode);
        Assert.Empty(call.GetTrailers());
    }

    [Fact]
    public async Task Interceptors_of_a_server_see_calls_of_every_kind()
    {
        var log = new CallLog();
        await using var server = await EchoServer.StartAsync(
            options => options.Interceptors.Add<LoggingInterceptor>("server", log));

        await CallAllKindsAsync(server.Client);

        Assert.Equal(ServerKinds.Select(kind => $"server {kind}"), log.Entries);
    }

    [Fact]
    public async Task An_interceptor_of_a_server_turns_exceptions_into_statuses_and_leaves_things_for_the_service()
    {
        await using var server = await EchoServer.StartAsync(
            options => options.Interceptors.Add<TranslatingInterceptor>(),
            services => services.AddSingleton<TranslatingInterceptor>());
        var tenant = new TaskCompletionSource<object>();
        server.Behaviour.Say = (_, context) =>
        {
            tenant.SetResult(context.UserState["tenant"]);
            throw new KeyNotFoundException();
        };

        var failure = await Assert.ThrowsAsync<RpcException>(
            () => server.Client.SayAsync(new SayRequest()).ResponseAsync.Within("the failure"));

        Assert.Equal(StatusCode.NotFound, failure.StatusCode);
        Assert.Equal("t1", await tenant.Task.Within("the call"));
    }

    private static async Task CallAllKindsAsync(EchoService.EchoServiceClient client)
    {
        await Task.Run(() => client.Say(new SayRequest())).Within("the blocking call");
        await client.SayAsync(new SayRequest()).ResponseAsync.Within("the unary call");
        using var join = client.Join();
        await join.RequestStream.CompleteAsync();
        await join.ResponseAsync.Within("the call with a stream of requests");
        using var repeat = client.Repeat(new RepeatRequest());
        Assert.False(await repeat.ResponseStream.MoveNext().Within("the end of the responses"));
        using var chat = client.Chat();
        await chat.RequestStream.CompleteAsync();
        Assert.False(await chat.ResponseStream.MoveNext().Within("the end of the chat"));
    }

    private sealed class AnsweringInterceptor : Interceptor
    {
        public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
            TRequest request,
            ClientInterceptorContext<TRequest, TResponse> context,
            AsyncUnaryCallContinuation<TRequest, TResponse> continuation) => new(
                Task.FromResult((TResponse)(object)new SayResponse { Text = "intercepted" }),
                Task.FromResult(new Metadata { { "made", "x" } }),
                () => Status.DefaultSuccess,
                () => [],
                () => { });
    }

    private sealed class TranslatingInterceptor : Interceptor
    {
        public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
            TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
        {
            context.UserState["tenant"] = "t1";
            try
            {
                return await continuation(request, context);
            }
            catch (KeyNotFoundException)
            {
                throw new RpcException(new Status(StatusCode.NotFound, "no such thing"));
            }
        }
    }
}

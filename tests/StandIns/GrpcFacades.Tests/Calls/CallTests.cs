using Grpc.AspNetCore.Server;
using Grpc.Core;

using GrpcFacades.Tests.V1;

using Microsoft.AspNetCore.Builder;

namespace GrpcFacades.Tests.Calls;

/// <summary>Calls of every kind over a socket, by generated code on both sides.</summary>
public sealed class CallTests
{
    [Fact]
    public async Task A_unary_call_is_answered_once()
    {
        await using var server = await EchoServer.StartAsync();

        var response = await server.Client.SayAsync(new SayRequest { Text = "नमस्ते" }).ResponseAsync.Within("the answer");

        Assert.Equal("नमस्ते", response.Text);
    }

    [Fact]
    public async Task A_blocking_unary_call_is_answered_once()
    {
        await using var server = await EchoServer.StartAsync();

        var response = await Task.Run(() => server.Client.Say(new SayRequest { Text = "hello" })).Within("the answer");

        Assert.Equal("hello", response.Text);
    }

    [Fact]
    public async Task A_stream_of_requests_is_answered_once_after_it_is_complete()
    {
        await using var server = await EchoServer.StartAsync();
        using var call = server.Client.Join();

        foreach (var text in new[] { "one", "two", "three" })
        {
            await call.RequestStream.WriteAsync(new SayRequest { Text = text });
        }

        Assert.False(call.ResponseAsync.IsCompleted);
        await call.RequestStream.CompleteAsync();

        Assert.Equal("one two three", (await call.ResponseAsync.Within("the answer")).Text);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(500)]
    public async Task A_stream_of_responses_comes_whole_and_in_order(int times)
    {
        await using var server = await EchoServer.StartAsync();
        using var call = server.Client.Repeat(new RepeatRequest { Text = "tick", Times = times });

        var texts = new List<string>();
        await foreach (var response in call.ResponseStream.ReadAllAsync())
        {
            texts.Add(response.Text);
        }

        Assert.Equal(Enumerable.Range(0, times).Select(i => $"tick {i}"), texts);
        Assert.Equal(StatusCode.OK, call.GetStatus().StatusCode);
    }

    [Fact]
    public async Task Two_streams_go_back_and_forth_in_one_call()
    {
        await using var server = await EchoServer.StartAsync();
        using var call = server.Client.Chat();

        foreach (var text in new[] { "ping", "pong" })
        {
            await call.RequestStream.WriteAsync(new SayRequest { Text = text });
            Assert.True(await call.ResponseStream.MoveNext().Within($"the answer to {text}"));
            Assert.Equal(text, call.ResponseStream.Current.Text);
        }

        await call.RequestStream.CompleteAsync();
        Assert.False(await call.ResponseStream.MoveNext().Within("the end"));
    }

    [Fact]
    public async Task A_method_that_the_service_does_not_override_is_unimplemented()
    {
        await using var server = await EchoServer.StartAsync(map: app => app.MapGrpcService<SilentRpc>());
        var client = new SilentService.SilentServiceClient(server.Channel);

        var failure = await Assert.ThrowsAsync<RpcException>(
            () => client.KeepSilentAsync(new SayRequest()).ResponseAsync.Within("the failure"));

        Assert.Equal(StatusCode.Unimplemented, failure.StatusCode);
    }

    [Fact]
    public async Task A_service_that_is_not_mapped_is_unimplemented()
    {
        await using var server = await EchoServer.StartAsync();
        var client = new SilentService.SilentServiceClient(server.Channel);

        var failure = await Assert.ThrowsAsync<RpcException>(
            () => client.KeepSilentAsync(new SayRequest()).ResponseAsync.Within("the failure"));

        Assert.Equal(StatusCode.Unimplemented, failure.StatusCode);
    }

    [Fact]
    public async Task A_service_definition_is_served_like_a_service_class()
    {
        var texts = Marshallers.StringMarshaller;
        var shout = new Method<string, string>(MethodType.Unary, "facades.tests.v1.Shouter", "Shout", texts, texts);
        var spell = new Method<string, string>(MethodType.ServerStreaming, "facades.tests.v1.Shouter", "Spell", texts, texts);
        var definition = ServerServiceDefinition.CreateBuilder()
            .AddMethod(shout, (request, _) => Task.FromResult(request.ToUpperInvariant()))
            .AddMethod(spell, async (request, responses, _) =>
            {
                foreach (var letter in request)
                {
                    await responses.WriteAsync(letter.ToString());
                }
            })
            .Build();
        await using var server = await EchoServer.StartAsync(map: app => app.MapGrpcService(definition));
        var invoker = server.Channel.CreateCallInvoker();

        using var call = invoker.AsyncUnaryCall(shout, null, new CallOptions(), "quiet");
        using var letters = invoker.AsyncServerStreamingCall(spell, null, new CallOptions(), "ab");

        Assert.Equal("QUIET", await call.ResponseAsync.Within("the answer"));
        Assert.True(await letters.ResponseStream.MoveNext().Within("the first letter"));
        Assert.Equal("a", letters.ResponseStream.Current);
    }

    [Fact]
    public async Task A_message_larger_than_the_server_allows_is_refused()
    {
        await using var server = await EchoServer.StartAsync(serviceOptions: LimitTo1000);

        var failure = await Assert.ThrowsAsync<RpcException>(
            () => server.Client.SayAsync(new SayRequest { Text = new string('x', 2000) }).ResponseAsync.Within("the failure"));

        Assert.Equal(StatusCode.ResourceExhausted, failure.StatusCode);

        static void LimitTo1000(GrpcServiceOptions options) => options.MaxReceiveMessageSize = 1000;
    }

    private sealed class SilentRpc : SilentService.SilentServiceBase;
}

using Grpc.Core;

using GrpcFacades.Tests.V1;

namespace GrpcFacades.Tests.Calls;

/// <summary>How calls end other than well: statuses with trailers, deadlines and cancellation.</summary>
public sealed class StatusTests
{
    private static readonly byte[] Bytes = [0, 1, 2, 253, 254, 255];

    [Fact]
    public async Task A_status_thrown_by_the_server_reaches_the_client_with_its_trailers()
    {
        await using var server = await EchoServer.StartAsync();
        server.Behaviour.Say = (_, _) => throw new RpcException(
            new Status(StatusCode.FailedPrecondition, "ne, díky: 100 %"),
            new Metadata { { "reason", "NOT_PAUSABLE" }, { "grpc-status-details-bin", Bytes } });

        var failure = await Assert.ThrowsAsync<RpcException>(
            () => server.Client.SayAsync(new SayRequest()).ResponseAsync.Within("the failure"));

        Assert.Equal(StatusCode.FailedPrecondition, failure.StatusCode);
        Assert.Equal("ne, díky: 100 %", failure.Status.Detail);
        Assert.Equal("NOT_PAUSABLE", failure.Trailers.GetValue("reason"));
        Assert.Equal(Bytes, failure.Trailers.GetValueBytes("grpc-status-details-bin"));
    }

    [Fact]
    public async Task A_status_set_on_the_context_ends_the_call()
    {
        await using var server = await EchoServer.StartAsync();
        server.Behaviour.Say = (_, context) =>
        {
            context.Status = new Status(StatusCode.DataLoss, "gone");
            return Task.FromResult(new SayResponse());
        };

        var failure = await Assert.ThrowsAsync<RpcException>(
            () => server.Client.SayAsync(new SayRequest()).ResponseAsync.Within("the failure"));

        Assert.Equal(new Status(StatusCode.DataLoss, "gone"), new Status(failure.StatusCode, failure.Status.Detail));
    }

    [Fact]
    public async Task Another_exception_is_unknown_to_the_client_and_its_message_stays_on_the_server()
    {
        await using var server = await EchoServer.StartAsync();
        server.Behaviour.Say = (_, _) => throw new InvalidOperationException("a secret");

        var failure = await Assert.ThrowsAsync<RpcException>(
            () => server.Client.SayAsync(new SayRequest()).ResponseAsync.Within("the failure"));

        Assert.Equal(StatusCode.Unknown, failure.StatusCode);
        Assert.DoesNotContain("secret", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Headers_and_trailers_come_with_a_good_answer_too()
    {
        await using var server = await EchoServer.StartAsync();
        server.Behaviour.Say = async (request, context) =>
        {
            await context.WriteResponseHeadersAsync(new Metadata { { "first", "early" } });
            context.ResponseTrailers.Add("last", "late");
            return new SayResponse { Text = request.Text };
        };

        using var call = server.Client.SayAsync(new SayRequest());
        var headers = await call.ResponseHeadersAsync.Within("the headers");
        await call.ResponseAsync.Within("the answer");

        Assert.Equal("early", headers.GetValue("first"));
        Assert.Equal("late", call.GetTrailers().GetValue("last"));
        Assert.Equal(StatusCode.OK, call.GetStatus().StatusCode);
    }

    [Fact]
    public async Task Headers_of_the_client_reach_the_server_text_and_bytes()
    {
        await using var server = await EchoServer.StartAsync();
        var received = new TaskCompletionSource<Metadata>(TaskCreationOptions.RunContinuationsAsynchronously);
        server.Behaviour.Say = (request, context) =>
        {
            received.SetResult(context.RequestHeaders);
            return Task.FromResult(new SayResponse { Text = request.Text });
        };

        await server.Client.SayAsync(
            new SayRequest(),
            new Metadata { { "Authorization", "Bearer x" }, { "trace-bin", Bytes }, { "tag", "a" }, { "tag", "b" } })
            .ResponseAsync.Within("the answer");

        var headers = await received.Task.Within("the call");
        Assert.Equal("Bearer x", headers.GetValue("authorization"));
        Assert.Equal(Bytes, headers.GetValueBytes("trace-bin"));
        Assert.Equal(["a", "b"], headers.GetAll("tag").SelectMany(entry => entry.Value.Split(',', StringSplitOptions.TrimEntries)));
    }

    [Fact]
    public async Task The_server_sees_what_was_called_and_from_where()
    {
        await using var server = await EchoServer.StartAsync();
        var seen = new TaskCompletionSource<(string Method, string Host, string Peer)>();
        server.Behaviour.Say = (request, context) =>
        {
            seen.SetResult((context.Method, context.Host, context.Peer));
            return Task.FromResult(new SayResponse { Text = request.Text });
        };

        await server.Client.SayAsync(new SayRequest()).ResponseAsync.Within("the answer");

        var (method, host, peer) = await seen.Task.Within("the call");
        Assert.Equal("/facades.tests.v1.EchoService/Say", method);
        Assert.Equal(new Uri(server.App.Urls.Single()).Authority, host);
        Assert.StartsWith("ipv4:127.0.0.1:", peer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_deadline_that_passes_ends_the_call_on_both_sides()
    {
        await using var server = await EchoServer.StartAsync();
        var deadlineSeen = new TaskCompletionSource<DateTime>();
        var cancelled = new TaskCompletionSource();
        server.Behaviour.Say = async (_, context) =>
        {
            deadlineSeen.SetResult(context.Deadline);
            using var registration = context.CancellationToken.Register(cancelled.SetResult);
            await cancelled.Task;
            return new SayResponse();
        };
        var deadline = TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(0.5);

        var failure = await Assert.ThrowsAsync<RpcException>(
            () => server.Client.SayAsync(new SayRequest(), deadline: deadline).ResponseAsync.Within("the failure"));

        Assert.Equal(StatusCode.DeadlineExceeded, failure.StatusCode);
        Assert.InRange(await deadlineSeen.Task.Within("the call"), deadline.AddSeconds(-1), deadline.AddSeconds(10));
        await cancelled.Task.Within("the cancellation on the server");
    }

    [Fact]
    public async Task A_call_without_a_deadline_has_the_greatest_one()
    {
        await using var server = await EchoServer.StartAsync();
        var deadline = new TaskCompletionSource<DateTime>();
        server.Behaviour.Say = (request, context) =>
        {
            deadline.SetResult(context.Deadline);
            return Task.FromResult(new SayResponse { Text = request.Text });
        };

        await server.Client.SayAsync(new SayRequest()).ResponseAsync.Within("the answer");

        Assert.Equal(DateTime.MaxValue, await deadline.Task.Within("the call"));
    }

    [Fact]
    public async Task A_cancelled_call_ends_on_both_sides()
    {
        await using var server = await EchoServer.StartAsync();
        var started = new TaskCompletionSource();
        var cancelled = new TaskCompletionSource();
        server.Behaviour.Chat = async (_, _, context) =>
        {
            using var registration = context.CancellationToken.Register(cancelled.SetResult);
            started.SetResult();
            await cancelled.Task;
        };
        using var cancellation = new CancellationTokenSource();
        using var call = server.Client.Chat(cancellationToken: cancellation.Token);
        await started.Task.Within("the call");

        await cancellation.CancelAsync();

        var failure = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext().Within("the failure"));
        Assert.Equal(StatusCode.Cancelled, failure.StatusCode);
        await cancelled.Task.Within("the cancellation on the server");
    }

    [Fact]
    public async Task A_call_that_is_disposed_of_is_cancelled_on_the_server()
    {
        await using var server = await EchoServer.StartAsync();
        var started = new TaskCompletionSource();
        var cancelled = new TaskCompletionSource();
        server.Behaviour.Chat = async (_, _, context) =>
        {
            using var registration = context.CancellationToken.Register(cancelled.SetResult);
            started.SetResult();
            await cancelled.Task;
        };

        using (server.Client.Chat())
        {
            await started.Task.Within("the call");
        }

        await cancelled.Task.Within("the cancellation on the server");
    }

    [Fact]
    public async Task Without_a_server_the_service_is_unavailable_and_the_cause_is_kept_for_debugging()
    {
        var server = await EchoServer.StartAsync();
        await server.App.StopAsync();

        var failure = await Assert.ThrowsAsync<RpcException>(
            () => server.Client.SayAsync(new SayRequest()).ResponseAsync.Within("the failure"));

        Assert.Equal(StatusCode.Unavailable, failure.StatusCode);
        Assert.NotNull(failure.Status.DebugException);
        Assert.Same(failure.Status.DebugException, failure.InnerException);
        await server.DisposeAsync();
    }
}

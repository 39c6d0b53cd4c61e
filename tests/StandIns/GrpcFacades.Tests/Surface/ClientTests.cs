using Grpc.Core;

using GrpcFacades.Tests.V1;

namespace GrpcFacades.Tests.Surface;

public sealed class ClientTests
{
    [Fact]
    public void A_copy_of_a_client_names_its_host_in_every_call()
    {
        var invoker = new RecordingInvoker();
        var client = new EchoService.EchoServiceClient(invoker);

        client.Say(new SayRequest());
        client.WithHost("one").Say(new SayRequest());
        client.WithHost("one").WithHost("two").Say(new SayRequest());

        Assert.Equal([null, "one", "two"], invoker.Hosts);
    }

    [Fact]
    public void A_client_for_tests_has_no_channel_and_cannot_call() =>
        Assert.Throws<NotImplementedException>(() => new ChannellessClient().Say(new SayRequest()));

    [Fact]
    public void Options_are_changed_in_a_copy()
    {
        var headers = new Metadata { { "a", "b" } };
        var deadline = new DateTime(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        using var cancellation = new CancellationTokenSource();
        var writeOptions = new WriteOptions(WriteFlags.NoCompress);
        var credentials = CallCredentials.FromInterceptor((_, _) => Task.CompletedTask);
        var original = new CallOptions();

        var changed = original
            .WithHeaders(headers)
            .WithDeadline(deadline)
            .WithCancellationToken(cancellation.Token)
            .WithWriteOptions(writeOptions)
            .WithCredentials(credentials)
            .WithWaitForReady();

        Assert.Same(headers, changed.Headers);
        Assert.Equal(deadline, changed.Deadline);
        Assert.Equal(cancellation.Token, changed.CancellationToken);
        Assert.Equal(WriteFlags.NoCompress, changed.WriteOptions?.Flags);
        Assert.Same(credentials, changed.Credentials);
        Assert.True(changed.IsWaitForReady);
        Assert.Null(original.Headers);
        Assert.Null(original.Deadline);
        Assert.False(original.IsWaitForReady);
    }

    [Fact]
    public void A_method_knows_its_full_name()
    {
        var method = new Method<string, string>(
            MethodType.Unary, "a.b.Service", "Do", Marshallers.StringMarshaller, Marshallers.StringMarshaller);

        Assert.Equal("/a.b.Service/Do", method.FullName);
    }

    [Fact]
    public void A_method_is_added_to_a_definition_once()
    {
        var method = new Method<string, string>(
            MethodType.Unary, "a.b.Service", "Do", Marshallers.StringMarshaller, Marshallers.StringMarshaller);
        var builder = ServerServiceDefinition.CreateBuilder().AddMethod(method, (request, _) => Task.FromResult(request));

        Assert.Throws<ArgumentException>(() => builder.AddMethod(method, (request, _) => Task.FromResult(request)));
    }

    [Fact]
    public void A_marshaller_of_arrays_works_both_ways()
    {
        var marshaller = Marshallers.Create(text => text.Select(letter => (byte)letter).ToArray(), bytes => $"{bytes.Length} bytes");

        Assert.Equal("3 bytes", marshaller.Deserializer(marshaller.Serializer("abc")));
        Assert.Equal("žluť", Marshallers.StringMarshaller.Deserializer(Marshallers.StringMarshaller.Serializer("žluť")));
    }

    private sealed class ChannellessClient : EchoService.EchoServiceClient;

    private sealed class RecordingInvoker : CallInvoker
    {
        public List<string?> Hosts { get; } = [];

        public override TResponse BlockingUnaryCall<TRequest, TResponse>(
            Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request)
        {
            Hosts.Add(host);
            return (TResponse)(object)new SayResponse();
        }

        public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
            Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request) =>
            throw new NotSupportedException();

        public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(
            Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request) =>
            throw new NotSupportedException();

        public override AsyncClientStreamingCall<TRequest, TResponse> AsyncClientStreamingCall<TRequest, TResponse>(
            Method<TRequest, TResponse> method, string? host, CallOptions options) =>
            throw new NotSupportedException();

        public override AsyncDuplexStreamingCall<TRequest, TResponse> AsyncDuplexStreamingCall<TRequest, TResponse>(
            Method<TRequest, TResponse> method, string? host, CallOptions options) =>
            throw new NotSupportedException();
    }
}

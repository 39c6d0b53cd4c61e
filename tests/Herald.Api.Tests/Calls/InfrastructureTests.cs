using System.Text;
using Grpc.Core;
using Herald.Api.Tests.Isolation;
using Herald.Api.Tests.Support;

namespace Herald.Api.Tests.Calls;

/// <summary>Health and reflection, which need no key.</summary>
public sealed class InfrastructureTests(SqliteApi api) : IClassFixture<SqliteApi>
{
    // Bytes as they go over the wire, since the clients of these services are not ours.
    private static readonly Marshaller<byte[]> Bytes = Marshallers.Create<byte[]>(value => value, value => value);
    private static readonly byte[] Serving = [0x08, 0x01];
    private static readonly byte[] ListServices = [0x3A, 0x01, (byte)'*'];

    [Fact]
    public async Task Health_says_that_Herald_serves()
    {
        var check = new Method<byte[], byte[]>(MethodType.Unary, "grpc.health.v1.Health", "Check", Bytes, Bytes);

        var answer = await api.Host.Channel.CreateCallInvoker().AsyncUnaryCall(check, null, default, []);

        Assert.Equal(Serving, answer);
    }

    [Theory]
    [InlineData("grpc.reflection.v1.ServerReflection")]
    [InlineData("grpc.reflection.v1alpha.ServerReflection")]
    public async Task Reflection_tells_of_every_service(string service)
    {
        var info = new Method<byte[], byte[]>(MethodType.DuplexStreaming, service, "ServerReflectionInfo", Bytes, Bytes);
        using var call = api.Host.Channel.CreateCallInvoker().AsyncDuplexStreamingCall(info, null, default);

        await call.RequestStream.WriteAsync(ListServices);
        await call.RequestStream.CompleteAsync();
        Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));

        var answer = Encoding.Latin1.GetString(call.ResponseStream.Current);
        Assert.All(
            RpcCatalog.Methods.Select(method => method.Service.FullName).Distinct(),
            name => Assert.Contains(name, answer, StringComparison.Ordinal));
    }
}

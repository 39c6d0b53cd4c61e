using Grpc.Net.Client;
using GrpcFacades.Tests.V1;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace GrpcFacades.Tests;

public sealed class SmokeTests
{
    [Fact]
    public async Task A_unary_call_is_answered()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.ConfigureKestrel(o => o.ListenAnyIP(0, l => l.Protocols = HttpProtocols.Http2));
        builder.Services.AddGrpc();
        await using var app = builder.Build();
        app.MapGrpcService<EchoServiceRpc>();
        await app.StartAsync();
        using var channel = GrpcChannel.ForAddress(app.Urls.Last().Replace("[::]", "127.0.0.1"));
        var client = new EchoService.EchoServiceClient(channel);
        var a = await client.SayAsync(new SayRequest { Text = "x" });
        Assert.Equal("x", a.Text);
    }
}

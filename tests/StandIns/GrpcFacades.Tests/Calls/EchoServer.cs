using System.Net;

using Grpc.AspNetCore.Server;
using Grpc.Net.Client;

using GrpcFacades.Tests.V1;

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace GrpcFacades.Tests.Calls;

/// <summary>A server in this process on a loopback socket, with a channel to it.</summary>
internal sealed class EchoServer : IAsyncDisposable
{
    private EchoServer(WebApplication app, EchoBehaviour behaviour, GrpcChannel channel)
    {
        App = app;
        Behaviour = behaviour;
        Channel = channel;
        Client = new EchoService.EchoServiceClient(channel);
    }

    public WebApplication App { get; }

    public EchoBehaviour Behaviour { get; }

    public GrpcChannel Channel { get; }

    public EchoService.EchoServiceClient Client { get; }

    public static async Task<EchoServer> StartAsync(
        Action<GrpcServiceOptions>? serviceOptions = null,
        Action<IServiceCollection>? services = null,
        Action<WebApplication>? map = null,
        Action<ListenOptions>? listen = null,
        GrpcChannelOptions? channelOptions = null)
    {
        var behaviour = new EchoBehaviour();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, options =>
        {
            options.Protocols = HttpProtocols.Http2;
            listen?.Invoke(options);
        }));
        builder.Services.AddSingleton(behaviour);
        builder.Services.AddGrpc(options => serviceOptions?.Invoke(options));
        services?.Invoke(builder.Services);

        var app = builder.Build();
        app.MapGrpcService<EchoRpc>();
        map?.Invoke(app);
        await app.StartAsync();
        return new EchoServer(app, behaviour, GrpcChannel.ForAddress(app.Urls.Single(), channelOptions ?? new()));
    }

    public async ValueTask DisposeAsync()
    {
        Channel.Dispose();
        await App.DisposeAsync();
    }
}

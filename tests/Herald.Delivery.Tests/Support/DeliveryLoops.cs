using Herald.Testing.Nodes;
using Herald.WhatsApp;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Herald.Delivery.Tests.Support;

/// <summary>Delivery's background services on a node, started and stopped as a host does.</summary>
internal sealed class DeliveryLoops : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly List<IHostedService> _loops;
    private bool _isStopped;

    private DeliveryLoops(ServiceProvider services)
    {
        _services = services;
        _loops = [.. services.GetServices<IHostedService>()];
    }

    /// <summary>The first of the loops that ended with an exception; null while all are well.</summary>
    public Exception? Fault => _loops.OfType<BackgroundService>()
        .Select(loop => loop.ExecuteTask).FirstOrDefault(task => task is { IsFaulted: true })?.Exception?.GetBaseException();

    public static async Task<DeliveryLoops> StartAsync(TestNode node, Action<IServiceCollection> addClient, IReadOnlyDictionary<string, string?> options)
    {
        var services = new ServiceCollection();
        node.AddTo(services);
        services.AddSingleton(node.Grains);
        addClient(services);
        services.AddHeraldDelivery(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["LeaseDuration"] = "00:00:02",
            ["RenewInterval"] = "00:00:00.3",
            ["IdleInterval"] = "00:00:00.05",
            ["ClaimDuration"] = "00:00:30",
            ["AttemptsMax"] = "3",
        }).AddInMemoryCollection(options).Build());
        var loops = new DeliveryLoops(services.BuildServiceProvider());
        foreach (var loop in loops._loops)
            await loop.StartAsync(CancellationToken.None);
        return loops;
    }

    public static Task<DeliveryLoops> StartAsync(TestNode node, IWhatsAppClient client) =>
        StartAsync(node, services => services.AddSingleton(client), new Dictionary<string, string?>());

    /// <summary>Stops as a host does that shuts down.</summary>
    public async Task StopAsync()
    {
        if (_isStopped)
            return;
        _isStopped = true;
        foreach (var loop in Enumerable.Reverse(_loops))
            await loop.StopAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await _services.DisposeAsync();
    }
}

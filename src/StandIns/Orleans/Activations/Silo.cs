using Microsoft.Extensions.Hosting;

namespace Orleans.Runtime;

/// <summary>The silo as a hosted service: checks the grains at start, drops idle activations, and all of them at the end.</summary>
internal sealed class Silo(Catalog catalog, GrainClasses classes) : BackgroundService
{
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        classes.Check();
        var collection = catalog.Collection;
        if (collection.CollectionAge <= collection.CollectionQuantum)
        {
            throw new OrleansConfigurationException(
                $"{nameof(collection.CollectionAge)} is {collection.CollectionAge}; it must be more than "
                + $"{nameof(collection.CollectionQuantum)}, which is {collection.CollectionQuantum}.");
        }

        await base.StartAsync(cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await catalog.StopAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var clock = new PeriodicTimer(catalog.Collection.CollectionQuantum, catalog.Time);
        try
        {
            while (await clock.WaitForNextTickAsync(stoppingToken))
            {
                catalog.DeactivateIdle();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            return;
        }
    }
}

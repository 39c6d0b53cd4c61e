using Microsoft.Extensions.Hosting;

namespace Orleans.Runtime;

/// <summary>The silo as a hosted service: checks the grains at start, drops idle activations, and all of them at the end.</summary>
internal sealed class Silo(Catalog catalog, GrainClasses classes) : IHostedService
{
    private ITimer? _collector;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        classes.Check();
        var collection = catalog.Collection;
        if (collection.CollectionAge <= collection.CollectionQuantum)
        {
            throw new OrleansConfigurationException(
                $"{nameof(collection.CollectionAge)} is {collection.CollectionAge}; it must be more than "
                + $"{nameof(collection.CollectionQuantum)}, which is {collection.CollectionQuantum}.");
        }

        _collector = catalog.Time.CreateTimer(
            static state => ((Catalog)state!).DeactivateIdle(), catalog, collection.CollectionQuantum, collection.CollectionQuantum);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_collector is { } collector)
        {
            await collector.DisposeAsync();
        }

        await catalog.StopAsync(cancellationToken);
    }
}

using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace Orleans.Runtime;

/// <summary>All activations of this silo, by grain. There is never more than one for a grain.</summary>
internal sealed class Catalog
{
    private readonly ConcurrentDictionary<GrainId, Activation> _activations = new();
    private readonly Lazy<IIncomingGrainCallFilter[]> _incomingFilters;
    private volatile bool _isStopping;

    public Catalog(
        IServiceProvider services,
        GrainClasses classes,
        IOptions<SiloMessagingOptions> messaging,
        IOptions<GrainCollectionOptions> collection,
        TimeProvider time,
        ILogger<Catalog> log)
    {
        Services = services;
        Classes = classes;
        Messaging = messaging.Value;
        Collection = collection.Value;
        Time = time;
        Log = log;
        GrainFactory = new GrainFactory(this, services, Messaging.ResponseTimeout);
        _incomingFilters = new Lazy<IIncomingGrainCallFilter[]>(() => [.. services.GetServices<IIncomingGrainCallFilter>()]);
    }

    public IServiceProvider Services { get; }

    public GrainClasses Classes { get; }

    public SiloMessagingOptions Messaging { get; }

    public GrainCollectionOptions Collection { get; }

    public TimeProvider Time { get; }

    public ILogger Log { get; }

    public GrainFactory GrainFactory { get; }

    public IIncomingGrainCallFilter[] IncomingFilters => _incomingFilters.Value;

    /// <summary>Brings a call to its grain, which is activated if it is not. Errors go into the call.</summary>
    public void Send(GrainCall call)
    {
        while (true)
        {
            // While the silo stops, running turns may still call; nobody else may begin anything.
            if (_isStopping && call.Source is null)
            {
                call.Fail(new SiloUnavailableException($"The silo stops and does not accept {call}."));
                return;
            }

            if (!_activations.TryGetValue(call.Target, out var activation))
            {
                if (!Classes.TryGet(call.Target.Type, out var grainClass))
                {
                    call.Fail(new OrleansException($"There is no grain class for {call.Target}."));
                    return;
                }

                activation = _activations.GetOrAdd(
                    call.Target, static (id, given) => new Activation(given.Self, id, given.Class), (Self: this, Class: grainClass));
            }

            if (activation.TryAccept(call))
            {
                return;
            }

            // It was dropped in between and is about to leave the catalog.
            Remove(activation);
        }
    }

    public void Remove(Activation activation)
        => _activations.TryRemove(new KeyValuePair<GrainId, Activation>(activation.GrainId, activation));

    /// <summary>Drops the activation of one grain, if there is one.</summary>
    public void Deactivate(GrainId id, DeactivationReason reason)
    {
        if (_activations.TryGetValue(id, out var activation))
        {
            activation.Deactivate(reason);
        }
    }

    /// <summary>Drops every activation with a stored state.</summary>
    public void DeactivateStored(DeactivationReason reason)
    {
        foreach (var activation in _activations.Values.Where(one => one.HasStoredState))
        {
            activation.Deactivate(reason);
        }
    }

    public void DeactivateIdle()
    {
        foreach (var activation in _activations.Values)
        {
            activation.DeactivateIfIdle();
        }
    }

    /// <summary>Lets running turns end and drops all activations.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _isStopping = true;
        var reason = new DeactivationReason(DeactivationReasonCode.ShuttingDown, "The silo stops");
        while (!_activations.IsEmpty)
        {
            var all = _activations.Values.ToList();
            all.ForEach(activation => activation.Deactivate(reason, cancellationToken));
            try
            {
                await Task.WhenAll(all.Select(activation => activation.Deactivated)).WaitAsync(cancellationToken);
            }
            catch (OperationCanceledException)
            {
                OrleansLog.StoppedWithActivations(Log, _activations.Count);
                return;
            }
        }
    }
}

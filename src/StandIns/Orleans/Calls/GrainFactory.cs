using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;

namespace Orleans;

/// <summary>Hands out references, and sends what is called on them: through the outgoing filters to the catalog.</summary>
internal sealed class GrainFactory : IClusterClient
{
    private readonly Catalog _catalog;
    private readonly TimeSpan _responseTimeout;
    private readonly Lazy<IOutgoingGrainCallFilter[]> _filters;

    public GrainFactory(Catalog catalog, IServiceProvider services, TimeSpan responseTimeout)
    {
        _catalog = catalog;
        _responseTimeout = responseTimeout;
        ServiceProvider = services;

        // A filter may itself ask for the grain factory, so filters are made with the first call only.
        _filters = new Lazy<IOutgoingGrainCallFilter[]>(() => [.. services.GetServices<IOutgoingGrainCallFilter>()]);
    }

    public IServiceProvider ServiceProvider { get; }

    public TGrainInterface GetGrain<TGrainInterface>(string primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithStringKey
        => (TGrainInterface)Reference(typeof(TGrainInterface), primaryKey, grainClassNamePrefix);

    public IGrain GetGrain(Type grainInterfaceType, string grainPrimaryKey)
        => (IGrain)Reference(grainInterfaceType, grainPrimaryKey, null);

    public TGrainInterface GetGrain<TGrainInterface>(GrainId grainId)
        where TGrainInterface : IAddressable
        => (TGrainInterface)GrainReference.Create(typeof(TGrainInterface), grainId, this);

    public Task<object?> SendAsync(GrainReference reference, GrainId target, GrainMethod method, object?[] arguments)
    {
        return _filters.Value.Length == 0
            ? SendUnfilteredAsync(target, method, arguments)
            : SendFilteredAsync(reference, target, method, arguments);
    }

    private async Task<object?> SendFilteredAsync(GrainReference reference, GrainId target, GrainMethod method, object?[] arguments)
    {
        var context = new OutgoingCallContext(
            _filters.Value, reference, target, method, () => SendUnfilteredAsync(target, method, arguments));
        await context.Invoke();
        return context.Result;
    }

    private Task<object?> SendUnfilteredAsync(GrainId target, GrainMethod method, object?[] arguments)
    {
        var call = new GrainCall
        {
            Target = target,
            Method = method,
            Arguments = arguments,
            Source = RuntimeContext.Current?.GrainId,
            Context = RequestContext.Values,
            MayInterleave = method.MayInterleave,
            IsReadOnly = method.IsReadOnly,
        };
        if (method.IsOneWay)
        {
            call.Answer(null);
        }
        else
        {
            call.Limit(_responseTimeout, _catalog.Time);
        }

        _catalog.Send(call);
        return call.Reply;
    }

    private object Reference(Type grainInterface, string key, string? classNamePrefix)
    {
        ArgumentNullException.ThrowIfNull(grainInterface);
        ArgumentNullException.ThrowIfNull(key);
        var grainClass = _catalog.Classes.Implementing(grainInterface, classNamePrefix);
        return GrainReference.Create(grainInterface, GrainId.Create(grainClass.GrainType, key), this);
    }
}

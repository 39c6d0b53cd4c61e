using System.Reflection;
using Herald.Grains.Campaigns;
using Herald.Grains.Consents;
using Herald.Grains.Tenants;
using Herald.Simulation.Nodes;
using Herald.Simulation.World;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Runtime;

namespace Herald.Simulation.Grains;

/// <summary>
/// Where each grain lives: on the node that first asked for it, until that node dies. Calls go over a network that may lose them or their answers,
/// and run in turns on the grain's node.
/// </summary>
internal sealed class GrainDirectory(Weather weather)
{
    private static readonly TimeSpan ResponseTimeout = TimeSpan.FromSeconds(5);
    private readonly Dictionary<(Type, string), GrainPlace> _places = [];

    public IGrainFactory For(SimNode node)
    {
        var factory = DispatchProxy.Create<IGrainFactory, GrainFactoryProxy>();
        ((GrainFactoryProxy)factory).Bind(this, node);
        return factory;
    }

    public async Task<T> CallAsync<T>(SimNode caller, Type grain, string key, MethodInfo method, object?[] arguments)
    {
        await caller.HopAsync(CancellationToken.None);
        var place = Find(caller, grain, key);
        if (place.Node.Lane.IsDead || weather.LosesGrainCall())
            throw new SiloUnavailableException("The node of the grain is gone.");
        var answer = new TaskCompletionSource<T>();
        place.Enqueue(() => TurnAsync(place, method, arguments, answer));
        return await answer.Task.WaitAsync(ResponseTimeout, caller.Time, CancellationToken.None);
    }

    private async Task TurnAsync<T>(GrainPlace place, MethodInfo method, object?[] arguments, TaskCompletionSource<T> answer)
    {
        try
        {
            var call = method.Invoke(place.Instance, BindingFlags.DoNotWrapExceptions, null, arguments, null) as Task<T>
                ?? throw new InvalidOperationException($"{method} returned no task.");
            var result = await call;
            await place.Node.HopAsync(CancellationToken.None);
            if (!weather.LosesGrainCall())
                answer.SetResult(result);
        }
        catch (Exception error)
        {
            answer.SetException(error);
        }
    }

    private GrainPlace Find(SimNode caller, Type grain, string key)
    {
        if (_places.TryGetValue((grain, key), out var place) && !(place.Node.Lane.IsDead && place.IsKnownDead(caller.Time)))
            return place;
        place = new GrainPlace(caller, Create(caller, grain, key));
        _places[(grain, key)] = place;
        return place;
    }

    private static object Create(SimNode node, Type grain, string key)
    {
        if (grain == typeof(ICampaignGrain))
            return ActivatorUtilities.CreateInstance<NamedCampaignGrain>(node.Services, key);
        if (grain == typeof(IContactConsentGrain))
            return ActivatorUtilities.CreateInstance<NamedContactConsentGrain>(node.Services, key);
        if (grain == typeof(ITenantGrain))
            return new FixedTenantGrain();
        throw new NotSupportedException($"{grain} does not occur in a run.");
    }
}

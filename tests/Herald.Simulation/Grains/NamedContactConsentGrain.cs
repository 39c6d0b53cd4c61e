using Herald.Domain;
using Herald.Grains.Consents;
using Herald.Grains.Messages;
using Herald.Storage.Consents;
using Herald.Storage.Tenants;
using Microsoft.Extensions.Options;
using Orleans;

namespace Herald.Simulation.Grains;

/// <summary>The consent grain, told its key by the run instead of by a silo.</summary>
internal sealed class NamedContactConsentGrain(
    string key,
    IConsentStore consents,
    ITenantStore tenants,
    IGrainFactory grains,
    IIdSource ids,
    TimeProvider time) : ContactConsentGrain(consents, tenants, grains, ids, Options.Create(new LifetimeOptions()), time)
{
    internal override string Key => key;
}

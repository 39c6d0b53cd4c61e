using System.Collections.Concurrent;
using Herald.Domain.Consents.Keywords;
using Herald.Domain.Tenants;
using Herald.Grains;
using Herald.Grains.Tenants;
using Orleans;

namespace Herald.Webhooks;

/// <summary>A tenant's STOP and START words: the built-in ones and its own. Kept until its settings' etag changes.</summary>
internal sealed class TenantKeywords(IGrainFactory grains, TimeProvider time)
{
    private const int EntriesMax = 10_000;
    private static readonly TimeSpan Life = TimeSpan.FromSeconds(5);
    private readonly ConcurrentDictionary<TenantId, (KeywordSet Words, long ReadAt)> _byTenant = new();

    public async ValueTask<KeywordSet> ForAsync(TenantId tenant)
    {
        if (_byTenant.TryGetValue(tenant, out var known) && time.GetElapsedTime(known.ReadAt) < Life)
            return known.Words;
        var settings = await grains.GetGrain<ITenantGrain>(GrainKeys.Tenant(tenant)).GetSettings();
        var words = KeywordSet.BuiltIn.With(settings.StopKeywords, settings.StartKeywords);
        if (_byTenant.Count >= EntriesMax)
            _byTenant.Clear();
        _byTenant[tenant] = (words, time.GetTimestamp());
        return words;
    }
}

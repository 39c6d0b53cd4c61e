using Herald.Grains.Tenants;

namespace Herald.Simulation.Grains;

/// <summary>Settings as they are when nobody ever changed them.</summary>
internal sealed class FixedTenantGrain : ITenantGrain
{
    public Task<TenantSettings> GetSettings() => Task.FromResult(new TenantSettings());

    public Task<TenantSettings?> UpdateSettings(TenantSettings settings, string etag) =>
        throw new NotSupportedException("Settings do not change in a run.");
}

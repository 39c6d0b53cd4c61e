using Orleans;

namespace Herald.Grains.Tenants;

/// <summary>The one writer of a tenant's private settings. Key: <see cref="GrainKeys.Tenant"/>.</summary>
[Alias("Herald.Grains.Tenants.ITenantGrain")]
public interface ITenantGrain : IGrainWithStringKey
{
    /// <summary>The settings; defaults when none were ever written.</summary>
    [Alias("GetSettings")]
    Task<TenantSettings> GetSettings();

    /// <summary>Replaces the settings if <paramref name="etag"/> is empty or the current one.</summary>
    /// <returns>The settings as they are now; null when the etag did not match.</returns>
    [Alias("UpdateSettings")]
    Task<TenantSettings?> UpdateSettings(TenantSettings settings, string etag);
}

using Herald.Api.Calls;
using Herald.Domain.Tenants;
using Herald.Storage.Tenants;

namespace Herald.Api.Tenants;

/// <summary>Makes what every installation begins with: the system tenant and one key with the scope ADMIN in it.</summary>
/// <param name="tenants">Where tenants are stored.</param>
/// <param name="keys">Where keys are stored.</param>
/// <param name="issuer">Makes the key.</param>
/// <param name="time">The clock.</param>
public sealed class FirstStart(ITenantStore tenants, IApiKeyStore keys, ApiKeyIssuer issuer, TimeProvider time)
{
    /// <summary>The id of the system tenant, the same in every installation, so that two nodes that start at once make one.</summary>
    public static TenantId SystemTenant { get; } = TenantId.Parse("00000000-0000-7000-8000-000000000001");

    /// <summary>Makes what is missing. Safe to call at every start, after the migrations.</summary>
    /// <returns>The new admin key, to be shown once; null if the installation has keys already.</returns>
    public async Task<string?> EnsureAsync(CancellationToken ct)
    {
        if (await tenants.GetSystemTenantAsync(ct) is null)
        {
            var now = time.StoredNow();
            await tenants.InsertAsync(
                new TenantRow
                {
                    TenantId = SystemTenant,
                    Kind = TenantKind.System,
                    State = TenantState.Active,
                    DisplayName = "Herald",
                    TimeZone = "UTC",
                    DefaultRegion = "",
                    Language = "en",
                    Version = 1,
                    CreateTime = now,
                    UpdateTime = now,
                },
                ct);
        }
        if (await keys.AnyAsync(ct))
            return null;
        var system = await tenants.GetSystemTenantAsync(ct) ?? throw new InvalidOperationException("The system tenant was not stored.");
        var (_, key) = await issuer.IssueAsync(system.TenantId, "First start", ApiScopes.Admin, ct);
        return key.ToText();
    }
}

using Herald.Api.Calls;
using Herald.Domain;
using Herald.Domain.Tenants;
using Herald.Storage.Tenants;

namespace Herald.Api.Tenants;

/// <summary>Makes API keys. Only the hash of a secret is stored.</summary>
/// <param name="keys">Where keys are stored.</param>
/// <param name="ids">Makes the ids.</param>
/// <param name="random">Makes the secrets; cryptographic outside of tests.</param>
/// <param name="time">The clock.</param>
public sealed class ApiKeyIssuer(IApiKeyStore keys, IIdSource ids, IRandomSource random, TimeProvider time)
{
    /// <summary>Makes a key and stores it.</summary>
    /// <param name="tenant">The tenant that it belongs to.</param>
    /// <param name="displayName">What it is for.</param>
    /// <param name="scopes">What it may do; at least one.</param>
    /// <param name="ct">Cancels the call.</param>
    /// <returns>The stored key, and the whole key, which cannot be read again.</returns>
    public Task<(ApiKeyRow Row, ApiKey Key)> IssueAsync(TenantId tenant, string displayName, ApiScopes scopes, CancellationToken ct) =>
        IssueAsync(tenant, new ApiKeyId(ids.NewId()), displayName, scopes, ct);

    /// <summary>Makes a key with a given id. If there is one of that id already, which nobody got to see, it is revoked and a new one is made.</summary>
    internal async Task<(ApiKeyRow Row, ApiKey Key)> IssueAsync(
        TenantId tenant, ApiKeyId id, string displayName, ApiScopes scopes, CancellationToken ct)
    {
        while (true)
        {
            var key = ApiKeyFormat.Create(ids, random) with { Id = id };
            var row = new ApiKeyRow
            {
                TenantId = tenant,
                KeyId = key.Id.ToString(),
                SecretHash = ApiKeyFormat.Hash(key.Secret),
                DisplayName = displayName,
                Scopes = scopes,
                CreateTime = time.StoredNow(),
                RevokeTime = null,
            };
            if (await keys.InsertAsync(row, ct))
                return (row, key);
            await keys.RevokeAsync(tenant, row.KeyId, time.StoredNow(), ct);
            id = new ApiKeyId(ids.NewId());
        }
    }
}

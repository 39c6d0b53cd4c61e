using Herald.Domain.Tenants;

namespace Herald.Api.Calls;

/// <summary>Who makes a call: what its API key says.</summary>
/// <param name="Tenant">The tenant of the key.</param>
/// <param name="IsSystem">Whether that is the built-in system tenant, whose keys may name every tenant where tenants and keys are managed.</param>
/// <param name="TenantState">The tenant's state, a few seconds old at most.</param>
/// <param name="KeyId">The public part of the key.</param>
/// <param name="Scopes">What the key may do.</param>
internal sealed record Caller(TenantId Tenant, bool IsSystem, TenantState TenantState, string KeyId, ApiScopes Scopes)
{
    /// <summary>The key as an actor in ledgers and audit.</summary>
    public string Actor => $"key:{KeyId}";

    /// <summary>Whether the key may do what needs the scope; ADMIN may do everything.</summary>
    public bool May(ApiScopes scope) => (Scopes & (scope | ApiScopes.Admin)) != 0;
}

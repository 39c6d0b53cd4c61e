using Herald.Domain.Tenants;

namespace Herald.Storage.Tenants;

/// <summary>An API key as stored: never the secret itself.</summary>
public sealed record class ApiKeyRow
{
    /// <summary>The tenant that the key speaks for.</summary>
    public required TenantId TenantId { get; init; }

    /// <summary>The public part of the key; unique over all tenants, compared byte by byte.</summary>
    public required string KeyId { get; init; }

    /// <summary>The hash of the secret part.</summary>
    public required byte[] SecretHash { get; init; }

    /// <summary>The name that people read.</summary>
    public required string DisplayName { get; init; }

    /// <summary>What the key may do.</summary>
    public required ApiScopes Scopes { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreateTime { get; init; }

    /// <summary>When it was revoked; null while it is valid.</summary>
    public required DateTimeOffset? RevokeTime { get; init; }
}

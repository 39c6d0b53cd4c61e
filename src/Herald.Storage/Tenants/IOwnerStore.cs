using Herald.Domain.Tenants;

namespace Herald.Storage.Tenants;

/// <summary>Owners and the codes that link their phones.</summary>
public interface IOwnerStore
{
    /// <summary>
    /// Keeps a code's hash until <paramref name="expire"/>. False, and no change, when the same hash is alive (unused and not expired at
    /// <paramref name="now"/>) in any tenant; a dead one is replaced.
    /// </summary>
    Task<bool> CreateLinkCodeAsync(
        TenantId tenant, byte[] codeHash, OwnerRole role, string language, DateTimeOffset now, DateTimeOffset expire, CancellationToken ct);

    /// <summary>
    /// Uses up a living code and links <paramref name="phone"/> to its tenant, in one transaction: of several callers with one code at most one
    /// gets the owner. A phone linked to that tenant already keeps its owner id and takes the code's role and language. Null when no
    /// such code is alive.
    /// </summary>
    Task<OwnerRow?> RedeemLinkCodeAsync(byte[] codeHash, string phone, OwnerId newOwnerId, DateTimeOffset now, CancellationToken ct);

    /// <summary>The owners linked to the tenant, by id.</summary>
    Task<IReadOnlyList<OwnerRow>> ListAsync(TenantId tenant, CancellationToken ct);

    /// <summary>The owner, removed ones included, or null.</summary>
    Task<OwnerRow?> GetAsync(TenantId tenant, OwnerId owner, CancellationToken ct);

    /// <summary>The linked owners with this phone, over all tenants, by tenant.</summary>
    Task<IReadOnlyList<OwnerRow>> FindByPhoneAsync(string phone, CancellationToken ct);

    /// <summary>Unlinks an owner for good. False when absent or removed already.</summary>
    Task<bool> RemoveAsync(TenantId tenant, OwnerId owner, DateTimeOffset now, CancellationToken ct);

    /// <summary>Sets the chat's language. False when absent or removed.</summary>
    Task<bool> SetLanguageAsync(TenantId tenant, OwnerId owner, string language, CancellationToken ct);
}

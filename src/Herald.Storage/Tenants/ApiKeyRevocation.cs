namespace Herald.Storage.Tenants;

/// <summary>What became of the revocation of a key.</summary>
public enum ApiKeyRevocation
{
    /// <summary>The key is revoked now.</summary>
    Revoked = 1,

    /// <summary>There is no such key, or it was revoked before.</summary>
    NothingToRevoke = 2,

    /// <summary>It is the tenant's last key with the scope ADMIN, and stays.</summary>
    LastAdminKey = 3,
}

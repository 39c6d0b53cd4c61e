namespace Herald.Domain.Tenants;

/// <summary>What an API key may do. Stored as the sum of these numbers.</summary>
[Flags]
public enum ApiScopes
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Everything that the other scopes allow, and keys, senders, owners and the tenant itself; in a key of the system tenant, also other tenants and their keys.</summary>
    Admin = 1,

    /// <summary>Read everything of the key's tenant.</summary>
    TenantRead = 2,

    /// <summary>Create and change senders, templates, contacts, consent and campaigns of the key's tenant.</summary>
    TenantWrite = 4,

    /// <summary>Launch, pause, resume and cancel campaigns, and send single messages.</summary>
    Send = 8,

    /// <summary>Everything inside the key's tenant.</summary>
    Tenant = TenantRead | TenantWrite | Send,
}

namespace Herald.Domain.Tenants;

/// <summary>What an API key may do. Stored as these numbers.</summary>
[Flags]
public enum ApiScopes
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Everything that the other scopes allow, and keys, senders, owners and the tenant itself.</summary>
    Admin = 1,

    /// <summary>Reading everything but keys.</summary>
    Read = 2,

    /// <summary>Changing contacts, consents, templates and drafts of campaigns.</summary>
    Write = 4,

    /// <summary>Launching, pausing, resuming and cancelling campaigns.</summary>
    Send = 8,
}

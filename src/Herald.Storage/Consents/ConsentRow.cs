using Herald.Domain.Consents;
using Herald.Domain.Contacts;
using Herald.Domain.Senders;
using Herald.Domain.Tenants;

namespace Herald.Storage.Consents;

/// <summary>What the ledger of one contact says in one scope.</summary>
public sealed record class ConsentRow
{
    /// <summary>The tenant.</summary>
    public required TenantId TenantId { get; init; }

    /// <summary>The contact.</summary>
    public required ContactId ContactId { get; init; }

    /// <summary>The sender, or null for the whole tenant.</summary>
    public required SenderId? Scope { get; init; }

    /// <summary>Marketing.</summary>
    public required ConsentState Marketing { get; init; }

    /// <summary>The event time that decided marketing; 1970 when unknown.</summary>
    public required DateTimeOffset MarketingTime { get; init; }

    /// <summary>The source that decided marketing; 0 when unknown.</summary>
    public required ConsentSource MarketingSource { get; init; }

    /// <summary>Utility.</summary>
    public required ConsentState Utility { get; init; }

    /// <summary>The event time that decided utility; 1970 when unknown.</summary>
    public required DateTimeOffset UtilityTime { get; init; }

    /// <summary>The source that decided utility; 0 when unknown.</summary>
    public required ConsentSource UtilitySource { get; init; }
}

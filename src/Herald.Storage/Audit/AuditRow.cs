using Herald.Domain.Tenants;

namespace Herald.Storage.Audit;

/// <summary>Who did what, when, from where. No phone numbers, tokens or message text.</summary>
public sealed record class AuditRow
{
    /// <summary>The tenant it was done to.</summary>
    public required TenantId TenantId { get; init; }

    /// <summary>The entry; made in order of time.</summary>
    public required Guid AuditId { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>Who, such as "keys/…" or "owners/…".</summary>
    public required string Actor { get; init; }

    /// <summary>What, such as a method's name.</summary>
    public required string Action { get; init; }

    /// <summary>On what: a resource name; may be empty.</summary>
    public required string Resource { get; init; }

    /// <summary>How it ended, such as "OK" or a reason.</summary>
    public required string Outcome { get; init; }

    /// <summary>From where: the caller's address; may be empty.</summary>
    public required string Peer { get; init; }

    /// <summary>More, as a JSON object; may be empty.</summary>
    public required string Detail { get; init; }
}

using Herald.Domain.Contacts;
using Herald.Domain.Tenants;

namespace Herald.Storage.Contacts;

/// <summary>A person of a tenant as stored.</summary>
public sealed record class ContactRow
{
    /// <summary>The tenant.</summary>
    public required TenantId TenantId { get; init; }

    /// <summary>The contact.</summary>
    public required ContactId ContactId { get; init; }

    /// <summary>The phone in use, E.164 digits without plus; null when not known.</summary>
    public required string? Phone { get; init; }

    /// <summary>Meta's business-scoped user id; null when not known.</summary>
    public required string? UserId { get; init; }

    /// <summary>Meta's user id in the parent business; null when not known.</summary>
    public required string? ParentUserId { get; init; }

    /// <summary>The WhatsApp user name; null when not known.</summary>
    public required string? Username { get; init; }

    /// <summary>The name that people read; may be empty.</summary>
    public required string DisplayName { get; init; }

    /// <summary>BCP 47 language; empty for the tenant's.</summary>
    public required string Language { get; init; }

    /// <summary>IANA time zone; empty for the tenant's.</summary>
    public required string TimeZone { get; init; }

    /// <summary>What the tenant keeps about the person, for template parameters.</summary>
    public required IReadOnlyDictionary<string, string> Attributes { get; init; }

    /// <summary>Meta's code with which the last message could not reach the contact; 0 when it can be reached. Only read.</summary>
    public int UnreachableCode { get; init; }

    /// <summary>When that was noted; of no meaning while the code is 0. Only read.</summary>
    public DateTimeOffset? UnreachableTime { get; init; }

    /// <summary>No marketing before this time, because Meta withheld some; null when it never did. Only read.</summary>
    public DateTimeOffset? HoldUntil { get; init; }

    /// <summary>Since when nothing is sent to the contact, whose data is only kept; null when it is not restricted. Only read.</summary>
    public DateTimeOffset? RestrictTime { get; init; }

    /// <summary>1 when inserted, one more with each change.</summary>
    public required long Version { get; init; }

    /// <summary>When it was inserted.</summary>
    public required DateTimeOffset CreateTime { get; init; }

    /// <summary>When it was last changed.</summary>
    public required DateTimeOffset UpdateTime { get; init; }
}

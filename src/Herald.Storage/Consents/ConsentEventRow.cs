using Herald.Domain.Campaigns;
using Herald.Domain.Consents;
using Herald.Domain.Contacts;
using Herald.Domain.Messages;
using Herald.Domain.Senders;
using Herald.Domain.Tenants;

namespace Herald.Storage.Consents;

/// <summary>One entry of the append-only consent ledger.</summary>
public sealed record class ConsentEventRow
{
    /// <summary>The tenant.</summary>
    public required TenantId TenantId { get; init; }

    /// <summary>The contact who decided.</summary>
    public required ContactId ContactId { get; init; }

    /// <summary>The entry.</summary>
    public required ConsentEventId EventId { get; init; }

    /// <summary>What it speaks of.</summary>
    public required ConsentPurpose Purpose { get; init; }

    /// <summary>Allowed or refused.</summary>
    public required ConsentAction Action { get; init; }

    /// <summary>The one sender that it holds for; null for the whole tenant.</summary>
    public required SenderId? Scope { get; init; }

    /// <summary>Where it came from.</summary>
    public required ConsentSource Source { get; init; }

    /// <summary>What makes a repetition a no-op for the same contact, such as a wamid.</summary>
    public required string EvidenceKey { get; init; }

    /// <summary>The evidence as a JSON object.</summary>
    public required string Evidence { get; init; }

    /// <summary>Who recorded it.</summary>
    public required string Actor { get; init; }

    /// <summary>The campaign that it answers, if known.</summary>
    public required CampaignId? CampaignId { get; init; }

    /// <summary>The message that it answers, if known.</summary>
    public MessageId? MessageId { get; init; }

    /// <summary>When the person decided; the latest decides.</summary>
    public required DateTimeOffset EventTime { get; init; }

    /// <summary>When it was recorded.</summary>
    public required DateTimeOffset RecordTime { get; init; }
}

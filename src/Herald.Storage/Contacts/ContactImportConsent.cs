using Herald.Domain.Consents;

namespace Herald.Storage.Contacts;

/// <summary>The consent that came with an imported contact; its scope is the tenant.</summary>
public sealed record class ContactImportConsent
{
    /// <summary>The id of the ledger entry.</summary>
    public required ConsentEventId EventId { get; init; }

    /// <summary>What it speaks of.</summary>
    public required ConsentPurpose Purpose { get; init; }

    /// <summary>Allowed or refused.</summary>
    public required ConsentAction Action { get; init; }

    /// <summary>Where it came from.</summary>
    public required ConsentSource Source { get; init; }

    /// <summary>What makes a repetition of it a no-op for the same contact.</summary>
    public required string EvidenceKey { get; init; }

    /// <summary>The evidence as a JSON object.</summary>
    public required string Evidence { get; init; }

    /// <summary>Who recorded it.</summary>
    public required string Actor { get; init; }

    /// <summary>When the person decided.</summary>
    public required DateTimeOffset EventTime { get; init; }
}

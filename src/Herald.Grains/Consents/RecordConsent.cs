using Orleans;

namespace Herald.Grains.Consents;

/// <summary>One thing a contact allowed or refused. Numbers are those of the enumerations in <see cref="Domain.Consents"/>.</summary>
[GenerateSerializer]
[Immutable]
[Alias("Herald.Grains.Consents.RecordConsent")]
public sealed record RecordConsent
{
    /// <summary>The number of a <see cref="Domain.Consents.ConsentPurpose"/>.</summary>
    [Id(0)]
    public required int Purpose { get; init; }

    /// <summary>The number of a <see cref="Domain.Consents.ConsentAction"/>.</summary>
    [Id(1)]
    public required int Action { get; init; }

    /// <summary>The sender it is limited to; null for the whole tenant.</summary>
    [Id(2)]
    public Guid? Sender { get; init; }

    /// <summary>The number of a <see cref="Domain.Consents.ConsentSource"/>.</summary>
    [Id(3)]
    public required int Source { get; init; }

    /// <summary>What makes it the same event when it comes again; 1 to 256 characters.</summary>
    [Id(4)]
    public required string EvidenceKey { get; init; }

    /// <summary>JSON with the proof: wording, form, policy version, message id.</summary>
    [Id(5)]
    public required string Evidence { get; init; }

    /// <summary>Who recorded it.</summary>
    [Id(6)]
    public required string Actor { get; init; }

    /// <summary>When it happened.</summary>
    [Id(7)]
    public required DateTimeOffset EventTime { get; init; }

    /// <summary>The id the ledger entry gets, so that a repeated request names the same entry; null for a new one.</summary>
    [Id(8)]
    public Guid? EventId { get; init; }

    /// <summary>The campaign that led to it; null when not known.</summary>
    [Id(9)]
    public Guid? Campaign { get; init; }

    /// <summary>The message that led to it; null when not known.</summary>
    [Id(10)]
    public Guid? Message { get; init; }
}

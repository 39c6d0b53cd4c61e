using Orleans;

namespace Herald.Grains.Consents;

/// <summary>What recording a consent event did.</summary>
[GenerateSerializer]
[Immutable]
[Alias("Herald.Grains.Consents.RecordConsentResult")]
public sealed record RecordConsentResult
{
    /// <summary>False when that evidence was in the ledger already, or when START did not count.</summary>
    [Id(0)]
    public required bool Recorded { get; init; }

    /// <summary>Whether marketing is allowed in the tenant's scope afterwards.</summary>
    [Id(1)]
    public required bool MarketingGranted { get; init; }

    /// <summary>How many queued messages were suppressed by it.</summary>
    [Id(2)]
    public int Suppressed { get; init; }

    /// <summary>True when there is no such contact, for instance because it was erased a moment ago: nothing was recorded.</summary>
    [Id(3)]
    public bool ContactAbsent { get; init; }
}

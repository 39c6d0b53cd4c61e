namespace Herald.Storage.Campaigns;

/// <summary>What one step of freezing an audience did.</summary>
public sealed record class PrepareBatchResult
{
    /// <summary>How many messages were added, suppressed ones included.</summary>
    public required int Added { get; init; }

    /// <summary>True when the whole list is frozen, or the campaign is in no state to be frozen: there is nothing more to do.</summary>
    public required bool Done { get; init; }
}

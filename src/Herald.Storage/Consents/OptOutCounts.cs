namespace Herald.Storage.Consents;

/// <summary>How many contacts of a tenant opted out of its marketing.</summary>
public sealed record class OptOutCounts
{
    /// <summary>Contacts whose opt-out is in force and happened since the later time.</summary>
    public required long LastDay { get; init; }

    /// <summary>Contacts whose opt-out is in force and happened since the earlier time.</summary>
    public required long LastWeek { get; init; }

    /// <summary>Contacts whose opt-out is in force.</summary>
    public required long Total { get; init; }
}

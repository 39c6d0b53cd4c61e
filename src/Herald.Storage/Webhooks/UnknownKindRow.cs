namespace Herald.Storage.Webhooks;

/// <summary>A kind of webhook change that nothing handles, and how often it came.</summary>
public sealed record class UnknownKindRow
{
    /// <summary>The kind.</summary>
    public required string Kind { get; init; }

    /// <summary>How often it came.</summary>
    public required long Count { get; init; }

    /// <summary>When it was counted first.</summary>
    public required DateTimeOffset FirstTime { get; init; }

    /// <summary>When it was counted last.</summary>
    public required DateTimeOffset LastTime { get; init; }
}

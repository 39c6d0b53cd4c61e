namespace Herald.Simulation.Checks;

/// <summary>One row that a transaction changed, as the triggers of the run wrote it down.</summary>
internal sealed record Change
{
    public required string Kind { get; init; }

    public required string Tenant { get; init; }

    public required string Id { get; init; }

    public required long Before { get; init; }

    public required long After { get; init; }

    public string? Contact { get; init; }

    public string? Sender { get; init; }

    public string? Campaign { get; init; }

    public long Class { get; init; }

    public long Attempts { get; init; }

    public long Reason { get; init; }

    public long Code { get; init; }

    public string? Text { get; init; }

    public long Number { get; init; }
}

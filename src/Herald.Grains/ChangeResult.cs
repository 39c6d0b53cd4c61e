using System.Collections.Immutable;
using Orleans;

namespace Herald.Grains;

/// <summary>The answer of a grain to a command that changes its entity.</summary>
[GenerateSerializer]
[Immutable]
[Alias("Herald.Grains.ChangeResult")]
public sealed record ChangeResult
{
    /// <summary>What became of the command.</summary>
    [Id(0)]
    public required ChangeOutcome Outcome { get; init; }

    /// <summary>The state the entity is in now, in the words of the API; empty when there is no entity.</summary>
    [Id(1)]
    public string State { get; init; } = "";

    /// <summary>The states in which the command is allowed; empty unless it was refused for its state.</summary>
    [Id(2)]
    public ImmutableArray<string> AllowedStates { get; init; } = [];

    /// <summary>A sentence for the caller, without personal data; empty when there is nothing to say.</summary>
    [Id(3)]
    public string Detail { get; init; } = "";

    /// <summary>The entity's version after the command.</summary>
    [Id(4)]
    public long Version { get; init; }

    /// <summary>Whether the change is written.</summary>
    public bool IsAccepted => Outcome == ChangeOutcome.Accepted;

    internal static ChangeResult NotFound { get; } = new() { Outcome = ChangeOutcome.NotFound };
}

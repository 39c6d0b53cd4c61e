namespace Herald.Simulator;

/// <summary>A business phone number to create.</summary>
/// <param name="Phone">The number, 7 to 15 digits with country code; plus, spaces, hyphens and brackets are ignored.</param>
public sealed record NumberSetup(string Phone)
{
    /// <summary>Throughput level. Default <see cref="ThroughputLevel.Standard"/>.</summary>
    public ThroughputLevel Level { get; init; } = ThroughputLevel.Standard;

    /// <summary>Display name. Null: the name of the business.</summary>
    public string? VerifiedName { get; init; }

    /// <summary>Whether the number is registered already, so that it can send. Default true.</summary>
    public bool Registered { get; init; } = true;

    /// <summary>The two-step PIN, six digits. Null (default): none yet, the next registration sets it.</summary>
    public string? Pin { get; init; }
}

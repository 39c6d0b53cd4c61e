namespace Herald.Grains.Failures;

/// <summary>What a failure means for the message itself.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="RetryAt">When it goes again; set exactly for <see cref="FateKind.Retry"/>.</param>
public sealed record Fate(FateKind Kind, DateTimeOffset? RetryAt)
{
    /// <summary>It fails for good.</summary>
    public static Fate Fail { get; } = new(FateKind.Fail, null);

    /// <summary>Nobody knows whether it was sent.</summary>
    public static Fate Unknown { get; } = new(FateKind.Unknown, null);

    /// <summary>It was not sent and goes again.</summary>
    public static Fate Retry(DateTimeOffset at) => new(FateKind.Retry, at);
}

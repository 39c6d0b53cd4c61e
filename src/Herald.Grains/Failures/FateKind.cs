namespace Herald.Grains.Failures;

/// <summary>The kinds of <see cref="Fate"/>.</summary>
public enum FateKind
{
    /// <summary>It fails for good.</summary>
    Fail = 1,

    /// <summary>It was not sent and goes again later.</summary>
    Retry = 2,

    /// <summary>Nobody knows whether it was sent.</summary>
    Unknown = 3,
}

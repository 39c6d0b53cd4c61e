namespace Herald.Simulator;

/// <summary>How templates are reviewed.</summary>
public sealed class TemplateReviewOptions
{
    /// <summary>From creation to the decision. Default 5 s; not scaled.</summary>
    public TimeSpan ReviewDelay { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>False leaves templates PENDING until <see cref="SimulatorControl.SetTemplateStatus"/>. Default true.</summary>
    public bool ReviewsBySelf { get; init; } = true;

    /// <summary>Whether a utility template with promotional wording is made a marketing template. Default true.</summary>
    public bool RecategorisesPromotions { get; init; } = true;

    /// <summary>Most templates of an account, each language counted. Default 250.</summary>
    public int TemplatesMax { get; init; } = 250;

    /// <summary>Most creations an hour for an account. Default 100.</summary>
    public int CreatesPerHourMax { get; init; } = 100;
}

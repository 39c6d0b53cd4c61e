namespace Herald.Domain.Portfolios;

/// <summary>Meta's tiers: how many different people a business portfolio may write to in a moving day, outside of their windows.</summary>
public static class PortfolioTier
{
    /// <summary>Whether a tier says that there is no limit.</summary>
    public static bool IsUnlimited(string? tier) => string.Equals(tier, "TIER_UNLIMITED", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a tier tells a limit, or that there is none; false for null and for tiers that Meta may introduce.</summary>
    public static bool IsKnown(string? tier) => IsUnlimited(tier) || PeopleMax(tier) is not null;

    /// <summary>
    /// The limit of a tier as Meta names it, such as <c>TIER_2K</c>; null for <c>TIER_UNLIMITED</c>, and for what is not known, which Meta itself
    /// will limit.
    /// </summary>
    public static int? PeopleMax(string? tier) => tier?.ToUpperInvariant() switch
    {
        "TIER_50" => 50,
        "TIER_250" => 250,
        "TIER_1K" => 1_000,
        "TIER_2K" => 2_000,
        "TIER_10K" => 10_000,
        "TIER_100K" => 100_000,
        _ => null,
    };
}

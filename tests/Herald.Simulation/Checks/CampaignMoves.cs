namespace Herald.Simulation.Checks;

/// <summary>From which state a campaign may come into which, written down once more, by the numbers in the database.</summary>
internal static class CampaignMoves
{
    public const long Completed = 6;

    private static readonly HashSet<(long, long)> Allowed =
    [
        (1, 2), (1, 3), (1, 7), (2, 3), (2, 7), (2, 8), (3, 4), (3, 7), (3, 8), (4, 5), (4, 6), (4, 7), (4, 8), (5, 4), (5, 6), (5, 7), (5, 8), (6, 4),
    ];

    public static bool IsAllowed(long before, long after) => Allowed.Contains((before, after));

    public static bool IsFinal(long state) => state is 6 or 7 or 8;
}

namespace Herald.Delivery.Senders;

/// <summary>
/// How live nodes share the senders without a leader: each compares what it owns with an equal part of the whole, by weight. A node below its
/// part takes what is free, and a node that stays at or above it without one of its senders gives that one up. So something free is always taken
/// by somebody, and each move makes the shares more equal, so that moving ends.
/// </summary>
internal static class FairShare
{
    /// <summary>Whether a node that owns this much takes one more.</summary>
    /// <param name="own">The weight that the node owns.</param>
    /// <param name="total">The weight of all senders.</param>
    /// <param name="nodes">Live nodes, this one included.</param>
    public static bool Takes(long own, long total, int nodes) => own * nodes < total;

    /// <summary>Which of the node's senders it gives up, the heaviest that can go first.</summary>
    public static IReadOnlyList<T> Surplus<T>(IEnumerable<T> owned, Func<T, long> weightOf, long total, int nodes)
    {
        var byWeight = owned.OrderByDescending(weightOf).ToList();
        var own = byWeight.Sum(weightOf);
        var surplus = new List<T>();
        foreach (var sender in byWeight)
        {
            if ((own - weightOf(sender)) * nodes < total)
                continue;
            own -= weightOf(sender);
            surplus.Add(sender);
        }
        return surplus;
    }
}

namespace Herald.Domain.Consents;

/// <summary>
/// What is known of one purpose in one scope, and the event that says so. <c>default</c> means that nothing was ever recorded.
/// </summary>
/// <param name="State">The answer.</param>
/// <param name="EventTimeMicros">When the deciding event happened, in microseconds since 1970 UTC; 0 while unknown.</param>
/// <param name="Source">Where the deciding event came from; 0 while unknown.</param>
public readonly record struct ConsentEntry(ConsentState State, long EventTimeMicros, ConsentSource Source)
{
    /// <summary>
    /// The first sort key of an entry: 0 while unknown, 1 for a grant from an import, 2 for all else. Hence an import
    /// counts only where nobody ever said anything else, and so can never lift a revoke, whatever their times are.
    /// </summary>
    public int Rank => State switch
    {
        ConsentState.Unknown => 0,
        ConsentState.Granted when Source == ConsentSource.Import => 1,
        _ => 2,
    };

    /// <summary>
    /// True if this entry must give way to the other one: the greater of (<see cref="Rank"/>, <see cref="EventTimeMicros"/>,
    /// <see cref="State"/>, <see cref="Source"/>) wins, and at equal times a revoke (2) is greater than a grant (1).
    /// </summary>
    public bool GivesWayTo(ConsentEntry other) =>
        (Rank, EventTimeMicros, (int)State, (int)Source).CompareTo((other.Rank, other.EventTimeMicros, (int)other.State, (int)other.Source)) < 0;
}

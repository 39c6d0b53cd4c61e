namespace Herald.Domain.Consents;

/// <summary>The part of a ledger entry that decides; evidence and actor are kept beside it.</summary>
/// <param name="Purpose">What it speaks of.</param>
/// <param name="Action">What the contact did.</param>
/// <param name="Scope">How far it reaches.</param>
/// <param name="Source">Where it came from.</param>
/// <param name="EventTimeMicros">When it happened, in microseconds since 1970 UTC; made by <see cref="ConsentRules.EventTimeMicros"/>.</param>
public readonly record struct ConsentEvent(
    ConsentPurpose Purpose, ConsentAction Action, ConsentScope Scope, ConsentSource Source, long EventTimeMicros)
{
    /// <summary>What this event alone says of a purpose that it touches.</summary>
    public ConsentEntry Entry =>
        new(Action == ConsentAction.Grant ? ConsentState.Granted : ConsentState.Revoked, EventTimeMicros, Source);

    /// <summary>Whether the event speaks of marketing messages.</summary>
    public bool TouchesMarketing => Purpose is ConsentPurpose.Marketing or ConsentPurpose.All;

    /// <summary>Whether the event speaks of utility messages.</summary>
    public bool TouchesUtility => Purpose is ConsentPurpose.Utility or ConsentPurpose.All;
}

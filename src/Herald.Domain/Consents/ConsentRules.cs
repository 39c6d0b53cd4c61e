using Herald.Domain.Templates;

namespace Herald.Domain.Consents;

/// <summary>
/// The rules of consent. The projection of a scope is the greatest of its events, purpose by purpose, in the order that
/// <see cref="ConsentEntry.GivesWayTo"/> defines. Taking the greatest depends on no order, so events may arrive late, twice or mixed.
/// </summary>
/// <remarks>
/// Storage does the same in SQL, for each purpose, on the row (tenant, contact, scope):
/// <code>
/// rank(state, source) = CASE WHEN state = 0 THEN 0 WHEN state = 1 AND source = 1 THEN 1 ELSE 2 END
/// replace (state, time, source) by the new ones
///   WHERE (rank(old), old.time, old.state, old.source) &lt; (rank(new), new.time, new.state, new.source)
/// </code>
/// where the new state is 1 for a grant and 2 for a revoke, and <see cref="ConsentPurpose.All"/> does it for both purposes. The claim of a message asks:
/// <code>
/// marketing:      tenant.marketing = 1 AND COALESCE(sender.marketing, 0) &lt;&gt; 2
/// utility:        COALESCE(tenant.utility, 0) &lt;&gt; 2 AND COALESCE(sender.utility, 0) &lt;&gt; 2
/// authentication: always
/// </code>
/// with <c>tenant</c> the row of the nil scope and <c>sender</c> the row of the sending sender.
/// </remarks>
public static class ConsentRules
{
    /// <summary>How far a node's clock may be behind the clock of whoever told of a revoke: 5 minutes.</summary>
    public static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(5);

    /// <summary>
    /// The projection after one more event of its scope. Applying the same event again changes nothing.
    /// </summary>
    public static ConsentProjection Apply(ConsentProjection projection, ConsentEvent consentEvent) => new(
        consentEvent.TouchesMarketing ? Greater(projection.Marketing, consentEvent.Entry) : projection.Marketing,
        consentEvent.TouchesUtility ? Greater(projection.Utility, consentEvent.Entry) : projection.Utility);

    /// <summary>
    /// Whether a template of the category may go to the contact from this sender now: <see cref="SuppressionReason.None"/> if so, else
    /// the weightiest reason against it.
    /// </summary>
    /// <param name="category">The template's category.</param>
    /// <param name="tenantScope">What is known in the scope of the whole tenant.</param>
    /// <param name="senderScope">What is known in the scope of the sending sender; empty if there is no such row.</param>
    public static SuppressionReason MayReceive(TemplateCategory category, ConsentProjection tenantScope, ConsentProjection senderScope) =>
        category switch
        {
            TemplateCategory.Authentication => SuppressionReason.None,
            TemplateCategory.Utility => Refusal(tenantScope.Utility, senderScope.Utility),
            TemplateCategory.Marketing => Refusal(tenantScope.Marketing, senderScope.Marketing) switch
            {
                SuppressionReason.None when tenantScope.Marketing.State != ConsentState.Granted => SuppressionReason.NoOptIn,
                var refusal => refusal,
            },
            _ => throw new ArgumentOutOfRangeException(nameof(category), category, "Unknown template category."),
        };

    /// <summary>The event that an opt-out by word, button or list reply makes: marketing, for the whole tenant.</summary>
    /// <param name="source">Keyword or Button.</param>
    /// <param name="eventTimeMicros">When it happened.</param>
    public static ConsentEvent Stop(ConsentSource source, long eventTimeMicros) =>
        new(ConsentPurpose.Marketing, ConsentAction.Revoke, ConsentScope.Tenant, source, eventTimeMicros);

    /// <summary>
    /// The event that START makes: it re-opens marketing in the scope of the tenant, and there only, if the contact was opted in before, or if the
    /// tenant's wording makes START itself an opt-in.
    /// </summary>
    /// <param name="source">Keyword or Button.</param>
    /// <param name="eventTimeMicros">When it happened.</param>
    /// <param name="wasOptedInBefore">The ledger holds a grant of marketing by this contact in the scope of the tenant.</param>
    /// <param name="startCountsAsOptIn">The tenant's setting.</param>
    public static Decision<ConsentEvent> Start(ConsentSource source, long eventTimeMicros, bool wasOptedInBefore, bool startCountsAsOptIn) =>
        wasOptedInBefore || startCountsAsOptIn
            ? Decision.Accept(new ConsentEvent(ConsentPurpose.Marketing, ConsentAction.Grant, ConsentScope.Tenant, source, eventTimeMicros))
            : Decision.Reject<ConsentEvent>(
                RejectionReason.NeverOptedIn,
                "START re-opens an earlier opt-in; this contact has none, and the tenant's wording does not count as one.");

    /// <summary>
    /// The time that an event counts from. A grant in the future is taken as of the time of recording, so that it cannot outlive a
    /// later revoke. A revoke may be ahead by <see cref="ClockTolerance"/>: recorded by a node whose clock is slow it must not become older than the
    /// grant before it. WhatsApp tells whole seconds only: then a revoke counts from the end of its second and a grant from the start, so
    /// that in doubt the revoke is the later one.
    /// </summary>
    /// <param name="happened">When the contact acted, as the source tells it.</param>
    /// <param name="recorded">When Herald learned of it.</param>
    /// <param name="action">What the contact did.</param>
    /// <param name="isWholeSeconds">The source tells whole seconds only.</param>
    public static long EventTimeMicros(DateTimeOffset happened, DateTimeOffset recorded, ConsentAction action, bool isWholeSeconds)
    {
        var happenedMicros = Micros.FromTime(happened);
        if (isWholeSeconds && action == ConsentAction.Revoke)
            happenedMicros += Micros.PerSecond - 1;
        var latest = recorded;
        if (action == ConsentAction.Revoke && happened > recorded)
            latest = happened < recorded + ClockTolerance ? happened : recorded + ClockTolerance;
        return Math.Min(happenedMicros, Micros.FromTime(latest));
    }

    private static ConsentEntry Greater(ConsentEntry old, ConsentEntry candidate) => old.GivesWayTo(candidate) ? candidate : old;

    private static SuppressionReason Refusal(ConsentEntry tenantScope, ConsentEntry senderScope)
    {
        if (tenantScope.State == ConsentState.Revoked)
            return SuppressionReason.OptedOut;
        return senderScope.State == ConsentState.Revoked ? SuppressionReason.SenderPreference : SuppressionReason.None;
    }
}

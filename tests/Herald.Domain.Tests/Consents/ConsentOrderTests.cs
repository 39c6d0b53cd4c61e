using FsCheck;
using FsCheck.Fluent;
using Herald.Domain.Consents;

namespace Herald.Domain.Tests.Consents;

public sealed class ConsentOrderTests
{
    /// <summary>Few distinct times, so that ties are common.</summary>
    private static readonly Gen<ConsentEvent> Events =
        from purpose in Gen.Elements(Enum.GetValues<ConsentPurpose>())
        from action in Gen.Elements(Enum.GetValues<ConsentAction>())
        from source in Gen.Elements(Enum.GetValues<ConsentSource>())
        from time in Gen.Choose(1, 5)
        select new ConsentEvent(purpose, action, ConsentScope.Tenant, source, time);

    private static readonly Gen<(ConsentEvent[] Events, ConsentEvent[] Shuffled)> Histories =
        from events in Events.ArrayOf()
        from shuffled in Gen.Shuffle(events)
        select (events, shuffled);

    [Fact]
    public void Any_order_of_the_same_events_leads_to_the_same_projection() => Prop.ForAll(
        Histories.ToArbitrary(),
        history => Project(history.Events) == Project(history.Shuffled)).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    [Fact]
    public void Repeated_events_change_nothing() => Prop.ForAll(
        Histories.ToArbitrary(),
        history => Project([.. history.Events, .. history.Shuffled]) == Project(history.Events)).QuickCheckThrowOnFailure();

    [Fact]
    public void The_projection_is_what_the_rules_say_in_words() => Prop.ForAll(
        Events.ArrayOf().ToArbitrary(),
        events => Project(events).Marketing.State == StateInWords([.. events.Where(each => each.TouchesMarketing)]))
        .Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    [Fact]
    public void After_a_revoke_no_import_makes_marketing_possible() => Prop.ForAll(
        Histories.ToArbitrary(),
        history =>
        {
            var withoutGrants = history.Events.Where(each => each.Action == ConsentAction.Revoke || each.Source == ConsentSource.Import).ToArray();
            return withoutGrants.All(each => each.Action == ConsentAction.Grant || !each.TouchesMarketing)
                || Project(withoutGrants).Marketing.State == ConsentState.Revoked;
        }).QuickCheckThrowOnFailure();

    private static ConsentProjection Project(IEnumerable<ConsentEvent> events) => events.Aggregate(ConsentProjection.Empty, ConsentRules.Apply);

    /// <summary>The latest event wins, a revoke wins a tie, and an import lifts no revoke.</summary>
    private static ConsentState StateInWords(IReadOnlyCollection<ConsentEvent> events)
    {
        var revokes = events.Where(each => each.Action == ConsentAction.Revoke).ToList();
        if (revokes.Count == 0)
            return events.Count == 0 ? ConsentState.Unknown : ConsentState.Granted;
        var lastRevoke = revokes.Max(each => each.EventTimeMicros);
        var isLifted = events.Any(each =>
            each.Action == ConsentAction.Grant && each.Source != ConsentSource.Import && each.EventTimeMicros > lastRevoke);
        return isLifted ? ConsentState.Granted : ConsentState.Revoked;
    }
}

using FsCheck;
using FsCheck.Fluent;
using Herald.Domain.Messages;

namespace Herald.Domain.Tests.Messages;

public sealed class MessageLifecycleTests
{
    private static readonly Gen<(MessageState Start, MessageState[] Statuses, MessageState[] Shuffled)> Deliveries =
        from start in Gen.Elements(Enum.GetValues<MessageState>())
        from statuses in Gen.Elements(MessageLifecycle.Evidence.ToArray()).ArrayOf()
        from shuffled in Gen.Shuffle(statuses)
        select (start, statuses, shuffled);

    [Fact]
    public void Statuses_in_any_order_lead_to_the_same_end() => Prop.ForAll(
        Deliveries.ToArbitrary(),
        delivery => Apply(delivery.Start, delivery.Statuses) == Apply(delivery.Start, delivery.Shuffled))
        .Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    [Fact]
    public void Repeated_statuses_change_nothing() => Prop.ForAll(
        Deliveries.ToArbitrary(),
        delivery => Apply(delivery.Start, [.. delivery.Statuses, .. delivery.Shuffled]) == Apply(delivery.Start, delivery.Statuses))
        .QuickCheckThrowOnFailure();

    [Fact]
    public void A_status_never_lowers_the_rank() => Prop.ForAll(
        Deliveries.ToArbitrary(),
        delivery => MessageLifecycle.Rank(Apply(delivery.Start, delivery.Statuses)) >= MessageLifecycle.Rank(delivery.Start))
        .QuickCheckThrowOnFailure();

    [Fact]
    public void The_machine_and_the_rank_agree_everywhere()
    {
        foreach (var state in Enum.GetValues<MessageState>())
        {
            foreach (var evidence in MessageLifecycle.Evidence)
            {
                var expected = MessageLifecycle.Rank(evidence) > MessageLifecycle.Rank(state) ? evidence : state;
                Assert.Equal(expected, MessageLifecycle.Next(state, evidence));
            }
        }
    }

    [Theory]
    [InlineData(MessageState.Sent, MessageState.Failed, MessageState.Failed)]
    [InlineData(MessageState.Failed, MessageState.Sent, MessageState.Failed)]
    [InlineData(MessageState.Failed, MessageState.Delivered, MessageState.Delivered)]
    [InlineData(MessageState.Delivered, MessageState.Failed, MessageState.Delivered)]
    [InlineData(MessageState.Read, MessageState.Failed, MessageState.Read)]
    [InlineData(MessageState.Unknown, MessageState.Accepted, MessageState.Accepted)]
    [InlineData(MessageState.Unknown, MessageState.Sent, MessageState.Sent)]
    [InlineData(MessageState.Unknown, MessageState.Failed, MessageState.Failed)]
    [InlineData(MessageState.Claimed, MessageState.Read, MessageState.Read)]
    [InlineData(MessageState.Sent, MessageState.Accepted, MessageState.Sent)]
    [InlineData(MessageState.Cancelled, MessageState.Delivered, MessageState.Delivered)]
    public void Evidence_moves_up_the_ladder_only(MessageState current, MessageState evidence, MessageState next)
    {
        Assert.Equal(next, MessageLifecycle.Next(current, evidence));
    }

    [Theory]
    [InlineData(MessageState.Queued)]
    [InlineData(MessageState.Claimed)]
    [InlineData(MessageState.Unknown)]
    [InlineData(MessageState.Suppressed)]
    public void What_Meta_does_not_tell_is_no_evidence(MessageState state)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => MessageLifecycle.Next(MessageState.Claimed, state));
    }

    [Theory]
    [InlineData(MessageState.Queued, MessageTrigger.Claim, MessageState.Claimed)]
    [InlineData(MessageState.Queued, MessageTrigger.Suppress, MessageState.Suppressed)]
    [InlineData(MessageState.Queued, MessageTrigger.Cancel, MessageState.Cancelled)]
    [InlineData(MessageState.Claimed, MessageTrigger.Release, MessageState.Queued)]
    [InlineData(MessageState.Claimed, MessageTrigger.LoseTrack, MessageState.Unknown)]
    [InlineData(MessageState.Claimed, MessageTrigger.Suppress, MessageState.Suppressed)]
    [InlineData(MessageState.Unknown, MessageTrigger.Release, MessageState.Queued)]
    [InlineData(MessageState.Read, MessageTrigger.Fail, MessageState.Read)]
    public void A_move_of_the_table_is_accepted(MessageState current, MessageTrigger trigger, MessageState next)
    {
        var decision = MessageLifecycle.Decide(current, trigger);

        Assert.True(decision.IsAccepted, decision.ToString());
        Assert.Equal(next, decision.Change);
    }

    [Theory]
    [InlineData(MessageState.Suppressed, MessageTrigger.Claim)]
    [InlineData(MessageState.Unknown, MessageTrigger.Claim)]
    [InlineData(MessageState.Cancelled, MessageTrigger.Claim)]
    [InlineData(MessageState.Claimed, MessageTrigger.Claim)]
    public void Only_a_queued_message_is_claimed(MessageState current, MessageTrigger trigger)
    {
        var decision = MessageLifecycle.Decide(current, trigger);

        Assert.Equal(RejectionReason.StateForbids, decision.Rejection?.Reason);
        Assert.Equal([nameof(MessageState.Queued)], decision.Rejection?.AllowedStates);
    }

    [Theory]
    [InlineData(MessageState.Sent, MessageTrigger.Suppress)]
    [InlineData(MessageState.Accepted, MessageTrigger.Cancel)]
    [InlineData(MessageState.Read, MessageTrigger.Release)]
    public void What_left_cannot_be_taken_back(MessageState current, MessageTrigger trigger)
    {
        var decision = MessageLifecycle.Decide(current, trigger);

        Assert.Equal(RejectionReason.StateForbids, decision.Rejection?.Reason);
    }

    [Fact]
    public void Work_is_left_while_a_message_is_queued_or_claimed()
    {
        Assert.Equal([MessageState.Queued, MessageState.Claimed], Enum.GetValues<MessageState>().Where(MessageLifecycle.IsOpen));
    }

    private static MessageState Apply(MessageState start, IEnumerable<MessageState> evidence) => evidence.Aggregate(start, MessageLifecycle.Next);
}

using Herald.Delivery.Senders;
using Herald.Testing;

namespace Herald.Delivery.Tests.Senders;

public sealed class OptOutBarrierTests
{
    private static readonly TimeSpan Life = TimeSpan.FromSeconds(60);
    private readonly ManualTimeProvider _time = new();
    private bool _isHearing = true;

    [Fact]
    public void An_opt_out_after_the_claim_holds_the_message_back()
    {
        var barrier = new OptOutBarrier(() => _isHearing, _time, Life);
        var claimedAt = _time.GetTimestamp();
        _time.Advance(TimeSpan.FromMilliseconds(1));

        barrier.Add("tenant/contact");

        Assert.True(barrier.Holds("tenant/contact", claimedAt));
        Assert.False(barrier.Holds("tenant/other", claimedAt));
    }

    [Fact]
    public void A_claim_after_the_opt_out_saw_it_in_the_database_and_is_not_held()
    {
        var barrier = new OptOutBarrier(() => _isHearing, _time, Life);
        barrier.Add("tenant/contact");
        _time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.False(barrier.Holds("tenant/contact", _time.GetTimestamp()));
    }

    [Fact]
    public void Entries_are_dropped_when_no_claim_can_be_older()
    {
        var barrier = new OptOutBarrier(() => _isHearing, _time, Life);
        var claimedAt = _time.GetTimestamp();
        barrier.Add("tenant/contact");
        for (var lived = TimeSpan.Zero; lived < Life * 2; lived += OptOutBarrier.BeatInterval)
        {
            _time.Advance(OptOutBarrier.BeatInterval);
            barrier.Beat();
        }

        barrier.Add("tenant/other");

        Assert.False(barrier.Holds("tenant/contact", claimedAt));
    }

    [Fact]
    public void While_opt_outs_may_pass_unheard_everything_is_held_back()
    {
        var barrier = new OptOutBarrier(() => _isHearing, _time, Life);
        var claimedAt = _time.GetTimestamp();

        _isHearing = false;
        Assert.True(barrier.Holds("tenant/contact", claimedAt));
        _isHearing = true;

        Assert.False(barrier.Holds("tenant/contact", claimedAt));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_node_that_stood_still_holds_back_what_it_claimed_before_and_nothing_later(bool beatIsFirst)
    {
        var barrier = new OptOutBarrier(() => _isHearing, _time, Life);
        var claimedBefore = _time.GetTimestamp();
        _time.Advance(OptOutBarrier.BeatInterval);
        barrier.Beat();
        Assert.False(barrier.Holds("tenant/contact", claimedBefore));

        _time.Advance(TimeSpan.FromSeconds(3));
        if (beatIsFirst)
            barrier.Beat();
        Assert.True(barrier.Holds("tenant/contact", claimedBefore));
        _time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.False(barrier.Holds("tenant/contact", _time.GetTimestamp()));
    }
}

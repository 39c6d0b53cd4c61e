using Herald.Delivery.Senders;
using Herald.Domain.Contacts;
using Herald.Domain.Messages;
using Herald.Testing;

namespace Herald.Delivery.Tests.Senders;

public sealed class PairLimitTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly TestIds _ids = new(1);
    private readonly PairLimit _pairs;
    private readonly ContactId _ana;

    public PairLimitTests()
    {
        _pairs = new PairLimit(_time);
        _ana = _ids.New<ContactId>();
    }

    [Fact]
    public void Forty_four_go_at_once_and_then_one_each_six_seconds()
    {
        var sent = 0;
        while (_pairs.Take(_ana, _ids.New<MessageId>()) is null)
            sent++;
        Assert.Equal(44, sent);

        // The one that was refused has its turn; it takes it, and the next has its own six seconds later.
        var next = _ids.New<MessageId>();
        var turn = Assert.IsType<DateTimeOffset>(_pairs.Take(_ana, next));
        Assert.InRange(turn - _time.GetUtcNow(), TimeSpan.FromSeconds(6), TimeSpan.FromSeconds(13));
        _time.Advance(turn - _time.GetUtcNow());

        Assert.Null(_pairs.Take(_ana, next));
    }

    [Fact]
    public void The_turn_of_a_message_that_did_not_leave_is_free_for_the_next()
    {
        for (var i = 0; i < 44; i++)
            Assert.Null(_pairs.Take(_ana, _ids.New<MessageId>()));

        _pairs.GiveBack(_ana);

        Assert.Null(_pairs.Take(_ana, _ids.New<MessageId>()));
        Assert.NotNull(_pairs.Take(_ana, _ids.New<MessageId>()));
    }

    [Fact]
    public void Messages_that_wait_get_turns_of_their_own_and_take_them()
    {
        var messages = Enumerable.Range(0, 100).Select(_ => _ids.New<MessageId>()).ToList();
        var turns = messages.ToDictionary(message => message, message => _pairs.Take(_ana, message));
        var waiting = turns.Where(turn => turn.Value is not null).OrderBy(turn => turn.Value).ToList();
        var begun = _time.GetUtcNow();
        foreach (var (message, turn) in waiting)
        {
            _time.Advance(turn!.Value - _time.GetUtcNow());
            Assert.Null(_pairs.Take(_ana, message));
        }

        Assert.Equal(waiting.Count, waiting.Select(turn => turn.Value).Distinct().Count());
        Assert.InRange(_time.GetUtcNow() - begun, TimeSpan.FromSeconds(6 * (waiting.Count - 1)), TimeSpan.FromSeconds(6 * (waiting.Count + 1)));
    }

    [Fact]
    public void People_do_not_wait_for_each_other()
    {
        while (_pairs.Take(_ana, _ids.New<MessageId>()) is null)
        {
        }

        Assert.Null(_pairs.Take(_ids.New<ContactId>(), _ids.New<MessageId>()));
    }

    [Fact]
    public void Debts_go_on_with_the_next_owner()
    {
        for (var i = 0; i < 44; i++)
            Assert.Null(_pairs.Take(_ana, _ids.New<MessageId>()));
        _pairs.Take(_ids.New<ContactId>(), _ids.New<MessageId>());
        var debt = Assert.Single(_pairs.Debts(10));

        var next = new PairLimit(_time);
        next.Restore([debt]);

        Assert.Equal(_ana, debt.Key);
        Assert.NotNull(next.Take(_ana, _ids.New<MessageId>()));
    }

    [Fact]
    public void A_clock_that_is_set_back_makes_nobody_wait_longer_than_what_is_owed()
    {
        _pairs.Take(_ana, _ids.New<MessageId>());
        var before = new ManualTimeProvider(_time.GetUtcNow() - TimeSpan.FromHours(3));
        var there = new PairLimit(before);
        there.Restore([KeyValuePair.Create(_ana, _time.GetUtcNow())]);

        var turn = there.Take(_ana, _ids.New<MessageId>());

        Assert.True(turn is null || turn - before.GetUtcNow() < TimeSpan.FromSeconds(20), $"It waits until {turn}.");
    }

    [Fact]
    public void After_Metas_own_refusal_the_whole_burst_counts_as_used()
    {
        _pairs.Take(_ana, _ids.New<MessageId>());

        _pairs.Exhaust(_ana);
        var first = _pairs.Take(_ana, _ids.New<MessageId>());
        var second = _pairs.Take(_ana, _ids.New<MessageId>());

        Assert.NotNull(first);
        Assert.True(second > first);
    }

    [Fact]
    public void People_who_owe_nothing_are_not_kept()
    {
        for (var i = 0; i < 200_000; i++)
        {
            _pairs.Take(_ids.New<ContactId>(), _ids.New<MessageId>());
            if (i % 1_000 == 999)
                _time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.InRange(_pairs.People, 1, 15_000);
    }

    [Fact]
    public void However_many_people_are_written_to_only_so_many_are_kept()
    {
        for (var i = 0; i < PairLimit.PeopleMax + 1_000; i++)
            _pairs.Take(_ids.New<ContactId>(), _ids.New<MessageId>());

        Assert.InRange(_pairs.People, 1, PairLimit.PeopleMax);
    }
}

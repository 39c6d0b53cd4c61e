using Herald.Domain.Contacts;
using Herald.Domain.Messages;

namespace Herald.Delivery.Senders;

/// <summary>
/// Meta's limit on one sender and one person: a message each six seconds, of which up to 45 may be borrowed from the future. Kept for the people
/// who are in debt only, which are those of the last seconds and those who got several messages. A message that must wait gets a turn of its own, so that
/// many to one person do not all come back at once. Times are of the wall clock, since they outlive this process. Safe from any thread.
/// </summary>
internal sealed class PairLimit(TimeProvider time)
{
    /// <summary>Most people kept; with more, those closest to owing nothing are forgotten, and Meta's own refusal has to do.</summary>
    public const int PeopleMax = 50_000;

    private const int Burst = 45;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(6);

    /// <summary>Less than Meta allows by a second, since requests arrive unevenly.</summary>
    private static readonly TimeSpan DebtMax = (Interval * (Burst - 1)) - TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<ContactId, Pair> _pairs = [];
    private DateTimeOffset _swept = time.GetUtcNow();

    /// <summary>How many people are kept.</summary>
    public int People
    {
        get
        {
            lock (_lock)
                return _pairs.Count;
        }
    }

    /// <summary>Takes one message's turn. Null when it may go now, else when its turn is; then it must be asked for again.</summary>
    public DateTimeOffset? Take(ContactId contact, MessageId message)
    {
        var now = time.GetUtcNow();
        lock (_lock)
        {
            Sweep(now);
            if (!_pairs.TryGetValue(contact, out var pair))
                _pairs[contact] = pair = new Pair { PaidAt = now };
            if (pair.Turns.Remove(message, out var turn) && turn <= now)
                return null;
            // Set back by hours, the clock would keep people waiting that long: nobody waits for more than what is owed.
            var paidAt = Earlier(pair.PaidAt, now + DebtMax + (Interval * (pair.Turns.Count + 1)));
            pair.PaidAt = Later(paidAt, now) + Interval;
            var wait = paidAt - now - DebtMax;
            if (wait <= TimeSpan.Zero)
                return null;
            pair.Turns[message] = now + wait;
            return now + wait;
        }
    }

    /// <summary>The message that took its turn did not leave.</summary>
    public void GiveBack(ContactId contact)
    {
        lock (_lock)
        {
            if (_pairs.TryGetValue(contact, out var pair))
                pair.PaidAt -= Interval;
        }
    }

    /// <summary>Meta refused a message to this person although it had its turn: others have sent on this number, so its whole debt is due.</summary>
    public void Exhaust(ContactId contact)
    {
        var now = time.GetUtcNow();
        lock (_lock)
        {
            if (!_pairs.TryGetValue(contact, out var pair))
                _pairs[contact] = pair = new Pair { PaidAt = now };
            pair.PaidAt = Later(pair.PaidAt, now + DebtMax + Interval);
        }
    }

    /// <summary>Who owes more than one message, with the time at which all is paid; the largest debts first, up to <paramref name="limit"/>.</summary>
    public IReadOnlyList<KeyValuePair<ContactId, DateTimeOffset>> Debts(int limit)
    {
        var borrowed = time.GetUtcNow() + Interval;
        lock (_lock)
        {
            return [.. _pairs.Where(pair => pair.Value.PaidAt > borrowed)
                .OrderByDescending(pair => pair.Value.PaidAt).Take(limit)
                .Select(pair => KeyValuePair.Create(pair.Key, pair.Value.PaidAt))];
        }
    }

    /// <summary>Takes over what another owner of the sender borrowed.</summary>
    public void Restore(IEnumerable<KeyValuePair<ContactId, DateTimeOffset>> debts)
    {
        lock (_lock)
        {
            foreach (var (contact, paidAt) in debts)
                _pairs[contact] = new Pair { PaidAt = paidAt };
        }
    }

    private void Sweep(DateTimeOffset now)
    {
        if (now - _swept < Interval && now >= _swept && _pairs.Count < PeopleMax)
            return;
        _swept = now;
        foreach (var (contact, pair) in _pairs)
        {
            if (pair.PaidAt <= now && pair.Turns.Count == 0)
                _pairs.Remove(contact);
        }
        if (_pairs.Count < PeopleMax)
            return;
        foreach (var (contact, _) in _pairs.OrderBy(pair => pair.Value.PaidAt).Take(PeopleMax / 2).ToList())
            _pairs.Remove(contact);
    }

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    private sealed class Pair
    {
        /// <summary>When the person would have got all that was sent, at one message an interval.</summary>
        public DateTimeOffset PaidAt { get; set; }

        /// <summary>Messages that wait, with their times.</summary>
        public Dictionary<MessageId, DateTimeOffset> Turns { get; } = [];
    }
}

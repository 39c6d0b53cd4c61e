using System.Collections.Concurrent;

namespace Herald.Delivery.Senders;

/// <summary>
/// Contacts (<c>tenant/contact</c>) whose opt-out was committed a short while ago. Whatever was claimed before that commit is looked up
/// here just before its request is written; later claims see the opt-out in the database. Entries live as long as a claim can.
/// </summary>
internal sealed class OptOutBarrier(TimeProvider time, TimeSpan life)
{
    private readonly ConcurrentDictionary<string, long> _contacts = new(StringComparer.Ordinal);
    private long _swept = time.GetTimestamp();
    private long _all = long.MinValue;

    public void Add(string contact)
    {
        var now = time.GetTimestamp();
        _contacts[contact] = now;
        if (time.GetElapsedTime(_swept, now) > life)
            Sweep(now);
    }

    /// <summary>Opt-outs may have been missed: whatever was claimed before now is looked at again in the database.</summary>
    public void AddAll() => Volatile.Write(ref _all, time.GetTimestamp());

    /// <summary>Whether the contact opted out, or may have, after <paramref name="claimedAt"/> (a time stamp of the same clock).</summary>
    public bool Holds(string contact, long claimedAt) =>
        (_contacts.TryGetValue(contact, out var added) && added >= claimedAt) || Volatile.Read(ref _all) >= claimedAt;

    private void Sweep(long now)
    {
        _swept = now;
        foreach (var (contact, added) in _contacts)
        {
            if (time.GetElapsedTime(added, now) > life)
                _contacts.TryRemove(contact, out _);
        }
    }
}

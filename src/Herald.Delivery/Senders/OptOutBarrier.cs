using System.Collections.Concurrent;

namespace Herald.Delivery.Senders;

/// <summary>
/// Contacts (<c>tenant/contact</c>) whose opt-out was committed a short while ago. Whatever was claimed before that commit is looked up
/// here just before its request is written; later claims see the opt-out in the database. Entries live as long as a claim can.
/// </summary>
/// <param name="hears">Whether opt-outs reach this node; while they don't, everything is held.</param>
/// <param name="time">Stamps opt-outs.</param>
/// <param name="life">How long a claim can live.</param>
internal sealed class OptOutBarrier(Func<bool> hears, TimeProvider time, TimeSpan life)
{
    private readonly ConcurrentDictionary<string, long> _contacts = new(StringComparer.Ordinal);
    private long _beat = time.GetTimestamp();
    private long _swept = time.GetTimestamp();
    private long _all = long.MinValue;

    /// <summary>How often <see cref="Beat"/> is to be called.</summary>
    public static readonly TimeSpan BeatInterval = TimeSpan.FromMilliseconds(250);

    /// <summary>
    /// A node that stood still for longer wakes up with opt-outs that it has not read yet. Less than what an acknowledgement waits for a claim.
    /// </summary>
    private static readonly TimeSpan StandstillMax = TimeSpan.FromSeconds(2);

    /// <summary>False while opt-outs may pass unheard. What is claimed meanwhile could not leave.</summary>
    public bool IsHearing => hears();

    public void Add(string contact)
    {
        var now = time.GetTimestamp();
        _contacts[contact] = now;
        if (time.GetElapsedTime(_swept, now) > life)
            Sweep(now);
    }

    /// <summary>Opt-outs may have been missed: whatever was claimed before now is looked at again in the database.</summary>
    public void AddAll() => Volatile.Write(ref _all, time.GetTimestamp());

    /// <summary>
    /// The node runs. After a standstill, whatever was claimed before is looked at again in the database. Called by a timer, and by whoever claims or
    /// looks here, since they may be the first to go on.
    /// </summary>
    public void Beat()
    {
        // Read once: time that passes between the look and the note is for the next beat to see.
        var now = time.GetTimestamp();
        if (time.GetElapsedTime(Volatile.Read(ref _beat), now) > StandstillMax)
            AddAll();
        Volatile.Write(ref _beat, now);
    }

    /// <summary>Whether the contact opted out, or may have unheard, after <paramref name="claimedAt"/> (a time stamp of the same clock).</summary>
    public bool Holds(string contact, long claimedAt)
    {
        Beat();
        return !hears() || (_contacts.TryGetValue(contact, out var added) && added >= claimedAt) || Volatile.Read(ref _all) >= claimedAt;
    }

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

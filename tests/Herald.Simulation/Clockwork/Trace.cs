using System.Globalization;

namespace Herald.Simulation.Clockwork;

/// <summary>What happened, in order: a hash of it always, the lines themselves if somebody wants to read them.</summary>
internal sealed class Trace(SimClock clock, Action<string>? write)
{
    private const ulong Prime = 1099511628211;

    public ulong Hash { get; private set; } = 14695981039346656037;

    public long Lines { get; private set; }

    public bool IsRead => write is not null;

    public void Add(string who, string what)
    {
        Lines++;
        Mix(clock.Ticks);
        Mix(who);
        Mix(what);
        write?.Invoke(Line(who, what));
    }

    /// <summary>For readers only; not part of what is compared.</summary>
    public void Remark(string who, string what) => write?.Invoke(Line(who, what));

    private string Line(string who, string what) =>
        string.Create(CultureInfo.InvariantCulture, $"{clock.Elapsed.TotalSeconds,10:f4} {who,-8} {what}");

    private void Mix(string text)
    {
        foreach (var letter in text)
            Hash = (Hash ^ letter) * Prime;
        Hash = (Hash ^ 0xFFFF) * Prime;
    }

    private void Mix(long number)
    {
        for (var i = 0; i < sizeof(long); i++)
            Hash = (Hash ^ (byte)(number >> (8 * i))) * Prime;
    }
}

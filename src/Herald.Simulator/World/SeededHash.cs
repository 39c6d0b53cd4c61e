using System.Globalization;

namespace Herald.Simulator;

/// <summary>
/// The one source of chance. A draw depends on the seed, what it is for, whom it is about and an ordinal, so that it is the same
/// in whatever order requests come in.
/// </summary>
internal static class SeededHash
{
    private const ulong FnvOffset = 14695981039346656037;
    private const ulong FnvPrime = 1099511628211;
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private const ulong NodeIdMin = 100_000_000_000_000;

    public static ulong Of(long seed, string purpose, string key, long ordinal)
    {
        var hash = FnvOffset;
        hash = Feed(hash, purpose);
        hash = (hash ^ 0xff) * FnvPrime;
        hash = Feed(hash, key);
        return Mix(Mix(hash ^ Mix(unchecked((ulong)seed))) + Mix(unchecked((ulong)ordinal) * 0x9E3779B97F4A7C15 + 1));
    }

    /// <summary>A number in [0, 1).</summary>
    public static double Unit(long seed, string purpose, string key, long ordinal) =>
        (Of(seed, purpose, key, ordinal) >> 11) * (1.0 / (1UL << 53));

    /// <summary>A node id of 15 digits.</summary>
    public static string NodeId(long seed, string purpose, long ordinal) =>
        (NodeIdMin + Of(seed, purpose, "", ordinal) % (9 * NodeIdMin)).ToString(CultureInfo.InvariantCulture);

    /// <summary>Letters and digits of the given count.</summary>
    public static string Text(long seed, string purpose, long ordinal, int length) =>
        string.Create(length, (seed, purpose, ordinal), static (span, state) =>
        {
            for (var index = 0; index < span.Length; index++)
            {
                span[index] = Letters[(int)(Of(state.seed, state.purpose, "", (state.ordinal << 8) + index) % (ulong)Letters.Length)];
            }
        });

    private static ulong Feed(ulong hash, string text)
    {
        foreach (var character in text)
        {
            hash = (hash ^ character) * FnvPrime;
        }

        return hash;
    }

    private static ulong Mix(ulong value)
    {
        unchecked
        {
            value += 0x9E3779B97F4A7C15;
            value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
            value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
            return value ^ (value >> 31);
        }
    }
}

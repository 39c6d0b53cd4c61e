using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Herald.Domain.Contacts;

namespace Herald.Domain.Senders;

/// <summary>
/// The countries to which Meta lets a sender's account send nothing, each until when that is believed. A country is what its addresses begin with: the
/// digits of a phone, or the letters and the dot of a user id.
/// </summary>
public sealed class ClosedCountries : IEquatable<ClosedCountries>
{
    /// <summary>How long a refusal is believed: nobody tells when it is over, so that after this a message finds out.</summary>
    public static readonly TimeSpan Duration = TimeSpan.FromDays(1);

    /// <summary>The most that are kept; the earliest to open goes first.</summary>
    public const int CountMax = 500;

    /// <summary>A country that is closed for not much less already stays as it is: a burst of refusals is one.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromHours(1);

    /// <summary>How many digits after a calling code that several countries share tell them apart: an area code is of one country.</summary>
    private const int AreaLength = 3;

    private readonly ImmutableArray<(string Prefix, DateTimeOffset Until)> _closed;

    private ClosedCountries(ImmutableArray<(string Prefix, DateTimeOffset Until)> closed)
    {
        _closed = closed;
    }

    /// <summary>No country is closed.</summary>
    public static ClosedCountries None { get; } = new([]);

    /// <summary>
    /// What all addresses of the country begin with. Of a calling code that several countries share it is an area of one of them, so that nobody in another
    /// country counts.
    /// </summary>
    /// <param name="address">The digits of a phone with its calling code, or a user id.</param>
    /// <returns>Null when the address tells no country.</returns>
    public static string? PrefixOf(string address)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (address.Length > 3 && address[2] == '.' && char.IsAsciiLetterUpper(address[0]) && char.IsAsciiLetterUpper(address[1]))
            return address[..3];
        if (!PhoneNumber.TryFromDigits(address, out _) || !PhoneRegion.TryFindByDigits(address, out var region))
            return null;
        return address[..(region.CallingCode.Length + (region.SharesCallingCode ? AreaLength : 0))];
    }

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    /// <exception cref="FormatException">Something else.</exception>
    public static ClosedCountries Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length == 0)
            return None;
        var closed = ImmutableArray.CreateBuilder<(string, DateTimeOffset)>();
        foreach (var entry in text.Split(' '))
        {
            var colon = entry.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0 || !long.TryParse(entry.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var until))
                throw new FormatException("Closed countries are prefixes and times.");
            closed.Add((entry[..colon], Micros.ToTime(until)));
        }
        return new ClosedCountries(closed.ToImmutable());
    }

    /// <summary>Whether nothing goes to the address now.</summary>
    public bool Holds(string address, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(address);
        foreach (var (prefix, until) in _closed)
        {
            if (until > now && address.StartsWith(prefix, StringComparison.Ordinal))
                return true;
        }
        return false;
    }

    /// <summary>What the addresses begin with to which nothing goes at that time; see <see cref="PrefixOf"/>.</summary>
    public IReadOnlyList<string> PrefixesAt(DateTimeOffset time) => [.. _closed.Where(known => known.Until > time).Select(known => known.Prefix)];

    /// <summary>With one more country, without those that are open again; itself when nothing that counts is new.</summary>
    /// <param name="prefix">See <see cref="PrefixOf"/>.</param>
    /// <param name="time">When Meta refused; a time that has not come yet counts as the present.</param>
    /// <param name="now">The present.</param>
    public ClosedCountries With(string prefix, DateTimeOffset time, DateTimeOffset now)
    {
        ArgumentException.ThrowIfNullOrEmpty(prefix);
        // A status carries its own time, which may be wrong.
        var until = (time < now ? time : now) + Duration;
        if (until <= now || _closed.Any(known => known.Prefix == prefix && known.Until + Slack >= until))
            return this;
        return new ClosedCountries([.. _closed.Where(known => known.Prefix != prefix && known.Until > now).Append((prefix, until))
            .OrderBy(known => known.Item2).ThenBy(known => known.Item1, StringComparer.Ordinal).TakeLast(CountMax)]);
    }

    /// <summary>The stored form: ASCII, empty for none.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var (prefix, until) in _closed)
            text.Append(text.Length == 0 ? "" : " ").Append(prefix).Append(':').Append(CultureInfo.InvariantCulture, $"{Micros.FromTime(until)}");
        return text.ToString();
    }

    /// <inheritdoc/>
    public bool Equals(ClosedCountries? other) => other is not null && _closed.SequenceEqual(other._closed);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ClosedCountries);

    /// <inheritdoc/>
    public override int GetHashCode() => _closed.Length == 0 ? 0 : HashCode.Combine(_closed.Length, _closed[0].Prefix, _closed[0].Until);
}

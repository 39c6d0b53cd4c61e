using System.Globalization;
using Herald.Api.Errors;

namespace Herald.Api.Calls;

/// <summary>The version of a row as callers see it.</summary>
internal static class Etag
{
    private const int LengthMax = 100;

    /// <summary>Writes a version.</summary>
    public static string Of(long version) => string.Create(CultureInfo.InvariantCulture, $"v{version}");

    /// <summary>Checks an etag that is not a row's version but its grain's: any printable word.</summary>
    public static void CheckOpaque(Violations violations, string field, string etag)
    {
        if (etag.Length > LengthMax)
            violations.Add(field, Rules.TooLong, "It is an etag as Herald gave it.");
        else if (etag.AsSpan().ContainsAnyExceptInRange('!', '~'))
            violations.Add(field, Rules.Malformed, "It is an etag as Herald gave it, or empty.");
    }

    /// <summary>The version that the caller saw; null if it does not care, or if the text never was an etag, which is noted.</summary>
    public static long? Read(Violations violations, string field, string etag)
    {
        if (etag.Length == 0)
            return null;
        if (etag.Length > LengthMax)
            violations.Add(field, Rules.TooLong, "It is an etag as Herald gave it.");
        else if (etag[0] == 'v' && long.TryParse(etag.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var version))
            return version;
        else
            violations.Add(field, Rules.Malformed, "It is an etag as Herald gave it, or empty.");
        return null;
    }
}

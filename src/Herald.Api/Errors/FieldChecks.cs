using System.Text.RegularExpressions;
using Google.Protobuf.WellKnownTypes;
using Herald.Domain.Contacts;

namespace Herald.Api.Errors;

/// <summary>The checks that many fields share. Lengths are counted in UTF-16 units, which never are fewer than characters.</summary>
internal static partial class FieldChecks
{
    private const int LanguageMax = 35;
    private const int ZoneMax = 64;

    /// <summary>A text that must be there.</summary>
    public static void Text(this Violations violations, string field, string value, int max)
    {
        if (string.IsNullOrWhiteSpace(value))
            violations.Add(field, Rules.Required, $"It is required: 1 to {max} characters, not blank.");
        else
            violations.OptionalText(field, value, max);
    }

    /// <summary>A text that may be empty.</summary>
    public static void OptionalText(this Violations violations, string field, string value, int max)
    {
        if (value.Length > max)
            violations.Add(field, Rules.TooLong, $"It may have at most {max} characters.");
    }

    /// <summary>An id at Meta.</summary>
    public static void GraphId(this Violations violations, string field, string value)
    {
        const int Max = 32;
        if (value.Length == 0)
            violations.Add(field, Rules.Required, $"It is required: 1 to {Max} digits.");
        else if (value.Length > Max)
            violations.Add(field, Rules.TooLong, $"It may have at most {Max} digits.");
        else if (!value.All(char.IsAsciiDigit))
            violations.Add(field, Rules.Malformed, "It consists of digits.");
    }

    /// <summary>A BCP 47 tag, or nothing.</summary>
    public static void Language(this Violations violations, string field, string value)
    {
        if (value.Length > LanguageMax)
            violations.Add(field, Rules.TooLong, $"It may have at most {LanguageMax} characters.");
        else if (value.Length > 0 && !LanguageTag().IsMatch(value))
            violations.Add(field, Rules.Malformed, "It is a BCP 47 tag, such as 'en' or 'pt-BR'.");
    }

    /// <summary>An IANA time zone, or nothing.</summary>
    public static void TimeZone(this Violations violations, string field, string value)
    {
        if (value.Length > ZoneMax)
            violations.Add(field, Rules.TooLong, $"It may have at most {ZoneMax} characters.");
        else if (value.Length > 0 && !IsTimeZone(value))
            violations.Add(field, Rules.UnknownValue, "It is an IANA time zone, such as 'Europe/Madrid'.");
    }

    /// <summary>A country with a numbering plan, or nothing.</summary>
    public static void Region(this Violations violations, string field, string value)
    {
        if (value.Length > 0 && (value.Length != 2 || !value.All(char.IsAsciiLetterUpper)))
            violations.Add(field, Rules.Malformed, "It is an ISO 3166-1 alpha-2 code in capitals, such as 'ES'.");
        else if (value.Length > 0 && !PhoneRegion.TryGet(value, out _))
            violations.Add(field, Rules.UnknownValue, "It is an ISO 3166-1 alpha-2 code of a country with a numbering plan.");
    }

    /// <summary>A phone number in E.164 form with a plus. The default number if the text is none.</summary>
    public static PhoneNumber Phone(this Violations violations, string field, string value, PhoneRegion? region)
    {
        const int Max = 40;
        if (value.Length > Max)
        {
            violations.Add(field, Rules.TooLong, $"It may have at most {Max} characters.");
            return default;
        }
        var parsed = PhoneNumber.Parse(value, region);
        if (!parsed.IsValid)
            violations.Add(field, PhoneRule(parsed.Error), parsed.Text);
        return parsed.Number;
    }

    /// <summary>The word of a phone number's error.</summary>
    public static string PhoneRule(PhoneNumberError error) => error switch
    {
        PhoneNumberError.Empty => Rules.Required,
        PhoneNumberError.TooShort => Rules.TooShort,
        PhoneNumberError.TooLong => Rules.TooLong,
        PhoneNumberError.NoRegion => "calling_code_missing",
        PhoneNumberError.UnknownCallingCode => Rules.UnknownValue,
        PhoneNumberError.Ambiguous => "ambiguous",
        _ => Rules.Malformed,
    };

    /// <summary>A value of an enumeration that may not be left out.</summary>
    public static void Required<TEnum>(this Violations violations, string field, TEnum value)
        where TEnum : struct, System.Enum
    {
        if (Convert.ToInt32(value, System.Globalization.CultureInfo.InvariantCulture) == 0)
            violations.Add(field, Rules.Required, "It is required, and UNSPECIFIED is not a value.");
    }

    /// <summary>The paths of a mask, each one of those allowed; at least one.</summary>
    public static IReadOnlyList<string> Mask(this Violations violations, string field, FieldMask? mask, params ReadOnlySpan<string> allowed)
    {
        if (mask is null || mask.Paths.Count == 0)
        {
            violations.Add(field, Rules.Required, $"It is required: one or more of {string.Join(", ", allowed.ToArray())}.");
            return [];
        }
        for (var i = 0; i < mask.Paths.Count; i++)
        {
            if (!allowed.Contains(mask.Paths[i]))
                violations.Add($"{field}.paths[{i}]", Rules.UnknownValue, $"It is one of {string.Join(", ", allowed.ToArray())}.");
        }
        return [.. mask.Paths.Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Whether a text names a time zone of the IANA database.</summary>
    public static bool IsTimeZone(string value) =>
        ZoneName().IsMatch(value) && TimeZoneInfo.TryFindSystemTimeZoneById(value, out var zone) && zone.HasIanaId;

    [GeneratedRegex(@"\A[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*\z")]
    private static partial Regex LanguageTag();

    // A path that leaves the zone database's folder must not reach the file system.
    [GeneratedRegex(@"\A[A-Za-z][A-Za-z0-9_+\-]*(/[A-Za-z0-9_+\-]+)*\z")]
    private static partial Regex ZoneName();
}

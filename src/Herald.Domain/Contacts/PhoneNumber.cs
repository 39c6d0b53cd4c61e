using System.Globalization;
using System.Text;

namespace Herald.Domain.Contacts;

/// <summary>
/// A phone number in E.164: calling code and national number, 7 to 15 digits, no plus sign. <see cref="ToString"/> hides the
/// middle, so that a number cannot reach a log by accident.
/// </summary>
public readonly record struct PhoneNumber
{
    /// <summary>The fewest digits, calling code included.</summary>
    public const int DigitsMin = 7;

    /// <summary>The most digits, calling code included.</summary>
    public const int DigitsMax = 15;

    private readonly string? _digits;

    private PhoneNumber(string digits)
    {
        _digits = digits;
    }

    /// <summary>The stored form: digits only, for example <c>16505551234</c>. Empty for <c>default</c>.</summary>
    public string Digits => _digits ?? string.Empty;

    /// <summary>The form that is shown and sent, with a plus sign.</summary>
    public string Display => "+" + Digits;

    /// <summary>Reads the stored form, which is also WhatsApp's <c>wa_id</c>: 7 to 15 ASCII digits, the first not 0.</summary>
    public static bool TryFromDigits(string? digits, out PhoneNumber number)
    {
        var isValid = digits is { Length: >= DigitsMin and <= DigitsMax } && digits[0] != '0' && digits.All(char.IsAsciiDigit);
        number = isValid ? new PhoneNumber(digits!) : default;
        return isValid;
    }

    /// <summary>
    /// Reads a number as people write it: with <c>+</c> or <c>00</c> and the calling code (<c>011</c> from North America), or
    /// the national way if a default region is given. Digits of any script; spaces, hyphens, dots and parentheses are
    /// skipped. The trunk prefix of the country is dropped: always from national numbers, and a <c>0</c> also after the calling code,
    /// as in <c>+44 (0)20</c>. Without plus sign, a number that fits only with the region's own calling code in front is read so.
    /// In Argentina the mobile <c>15</c> after the area code becomes the <c>9</c> before it.
    /// </summary>
    /// <param name="text">What was written.</param>
    /// <param name="defaultRegion">Where numbers without calling code belong, or null to refuse them.</param>
    public static PhoneNumberParse Parse(string? text, PhoneRegion? defaultRegion)
    {
        if (!TryReadDigits(text, out var digits, out var hasPlus))
            return Fail(PhoneNumberError.BadCharacter);
        if (digits.Length == 0)
            return Fail(PhoneNumberError.Empty);

        if (hasPlus)
            return FromInternational(digits);
        if (digits.StartsWith("00", StringComparison.Ordinal))
            return FromInternational(digits[2..]);
        if (defaultRegion is null)
            return Fail(PhoneNumberError.NoRegion);
        if (defaultRegion.CallingCode == "1" && digits.StartsWith("011", StringComparison.Ordinal))
            return FromInternational(digits[3..]);
        return FromNational(digits, defaultRegion);
    }

    /// <summary>
    /// All forms under which WhatsApp may know the same line, this one first: Brazil with and without the ninth digit, Mexico with and
    /// without the old 1, Argentina with and without the mobile 9. What is suppressed for one form is suppressed for all.
    /// </summary>
    public IReadOnlyList<PhoneNumber> Variants()
    {
        var other = Digits switch
        {
            { Length: 13 } d when d.StartsWith("55", StringComparison.Ordinal) && d[4] == '9' && d[5] >= '6' => d[..4] + d[5..],
            { Length: 12 } d when d.StartsWith("55", StringComparison.Ordinal) && d[4] >= '6' => $"{d[..4]}9{d[4..]}",
            { Length: 13 } d when d.StartsWith("521", StringComparison.Ordinal) => $"52{d[3..]}",
            { Length: 12 } d when d.StartsWith("52", StringComparison.Ordinal) => $"521{d[2..]}",
            { Length: 13 } d when d.StartsWith("549", StringComparison.Ordinal) => $"54{d[3..]}",
            { Length: 12 } d when d.StartsWith("54", StringComparison.Ordinal) => $"549{d[2..]}",
            _ => null,
        };
        return other is null ? [this] : [this, new PhoneNumber(other)];
    }

    /// <summary>The number with its middle hidden, for example <c>+165…34</c>.</summary>
    public override string ToString() => Digits.Length < DigitsMin ? "+…" : $"+{Digits[..3]}…{Digits[^2..]}";

    private static bool TryReadDigits(string? text, out string digits, out bool hasPlus)
    {
        hasPlus = false;
        var builder = new StringBuilder(DigitsMax);
        foreach (var rune in (text ?? string.Empty).EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune) == UnicodeCategory.DecimalDigitNumber)
            {
                builder.Append((int)Rune.GetNumericValue(rune));
            }
            else if (rune.Value is '+' or '\uFF0B' && builder.Length == 0 && !hasPlus)
            {
                hasPlus = true;
            }
            else if (!IsSkipped(rune))
            {
                digits = string.Empty;
                return false;
            }
        }
        digits = builder.ToString();
        return true;
    }

    /// <summary>Separators, and the invisible marks that come along when a number is copied from a contact card.</summary>
    private static bool IsSkipped(Rune rune) =>
        rune.Value is '.' or '(' or ')' or '\t'
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.SpaceSeparator or UnicodeCategory.DashPunctuation or UnicodeCategory.Format;

    private static PhoneNumberParse FromInternational(string digits)
    {
        if (digits.Length < DigitsMin)
            return Fail(PhoneNumberError.TooShort);
        if (!PhoneRegion.TryFindByDigits(digits, out var region))
            return Fail(PhoneNumberError.UnknownCallingCode);
        var national = digits[region.CallingCode.Length..];
        return Finish(region, region.TrunkPrefix == "0" && national[0] == '0' ? national[1..] : national);
    }

    private static PhoneNumberParse FromNational(string digits, PhoneRegion region)
    {
        var hasTrunk = region.TrunkPrefix.Length > 0 && digits.StartsWith(region.TrunkPrefix, StringComparison.Ordinal);
        var national = WithoutArgentineMobilePrefix(hasTrunk ? digits[region.TrunkPrefix.Length..] : digits, region);
        var withoutCode = digits.StartsWith(region.CallingCode, StringComparison.Ordinal) ? digits[region.CallingCode.Length..] : string.Empty;
        var fitsNational = region.HasNationalLength(national.Length);
        // North American numbers have the calling code as trunk prefix, so that both readings are the same one.
        var fitsInternational = !hasTrunk && region.HasNationalLength(withoutCode.Length);

        return (fitsNational, fitsInternational) switch
        {
            (true, true) => Fail(PhoneNumberError.Ambiguous),
            (true, false) => Finish(region, national),
            (false, true) => Finish(region, withoutCode),
            _ => Fail(national.Length < region.NationalLengthMin ? PhoneNumberError.TooShort : PhoneNumberError.TooLong),
        };
    }

    /// <summary>
    /// Argentine mobile numbers are written with 15 after the area code: 11 15 2345 6789 is 9 11 2345 6789 from abroad. The area code
    /// is 11, or has three or four digits; where both would fit, the shorter one is taken, as the shorter ones are the larger towns.
    /// </summary>
    private static string WithoutArgentineMobilePrefix(string national, PhoneRegion region)
    {
        if (region.Code != "AR" || national.Length != 12)
            return national;
        var areaLengths = national.StartsWith("11", StringComparison.Ordinal) ? (int[])[2] : [3, 4];
        foreach (var areaLength in areaLengths)
        {
            if (national.AsSpan(areaLength, 2).SequenceEqual("15"))
                return $"9{national[..areaLength]}{national[(areaLength + 2)..]}";
        }
        return national;
    }

    private static PhoneNumberParse Finish(PhoneRegion region, string national)
    {
        var digits = region.CallingCode + national;
        return digits.Length switch
        {
            < DigitsMin => Fail(PhoneNumberError.TooShort),
            > DigitsMax => Fail(PhoneNumberError.TooLong),
            _ => new PhoneNumberParse(new PhoneNumber(digits), PhoneNumberError.None),
        };
    }

    private static PhoneNumberParse Fail(PhoneNumberError error) => new(default, error);
}

namespace Herald.Simulator;

/// <summary>Phone numbers as digits with country code.</summary>
internal static class PhoneNumbers
{
    private const int DigitsMin = 7;
    private const int DigitsMax = 15;

    /// <summary>The digits of a number written with plus, spaces, hyphens, dots or brackets; null if anything else is in it.</summary>
    public static string? TryParse(string text)
    {
        Span<char> digits = stackalloc char[DigitsMax];
        var count = 0;
        foreach (var character in text)
        {
            if (char.IsAsciiDigit(character))
            {
                if (count == DigitsMax)
                {
                    return null;
                }

                digits[count++] = character;
            }
            else if (character is not ('+' or ' ' or '-' or '(' or ')' or '.'))
            {
                return null;
            }
        }

        return count < DigitsMin ? null : new string(digits[..count]);
    }

    /// <summary>The form of <c>display_phone_number</c> on a phone-number node: <c>+1 555-078-3881</c>, else plus and digits.</summary>
    public static string Display(string digits) =>
        digits.Length == 11 && digits[0] == '1'
            ? $"+1 {digits[1..4]}-{digits[4..7]}-{digits[7..]}"
            : "+" + digits;

    /// <summary>The country of the calling code, as in the first part of a business-scoped user id. Unknown codes give <c>ZZ</c>.</summary>
    public static string Country(string digits)
    {
        for (var length = 1; length <= 3 && length < digits.Length; length++)
        {
            if (Countries.TryGetValue(digits[..length], out var country))
            {
                return country;
            }
        }

        return "ZZ";
    }

    private static readonly Dictionary<string, string> Countries = new(StringComparer.Ordinal)
    {
        ["1"] = "US",
        ["7"] = "RU",
        ["20"] = "EG",
        ["27"] = "ZA",
        ["30"] = "GR",
        ["31"] = "NL",
        ["32"] = "BE",
        ["33"] = "FR",
        ["34"] = "ES",
        ["39"] = "IT",
        ["40"] = "RO",
        ["41"] = "CH",
        ["43"] = "AT",
        ["44"] = "GB",
        ["45"] = "DK",
        ["46"] = "SE",
        ["47"] = "NO",
        ["48"] = "PL",
        ["49"] = "DE",
        ["51"] = "PE",
        ["52"] = "MX",
        ["54"] = "AR",
        ["55"] = "BR",
        ["56"] = "CL",
        ["57"] = "CO",
        ["60"] = "MY",
        ["61"] = "AU",
        ["62"] = "ID",
        ["63"] = "PH",
        ["65"] = "SG",
        ["66"] = "TH",
        ["81"] = "JP",
        ["82"] = "KR",
        ["84"] = "VN",
        ["86"] = "CN",
        ["90"] = "TR",
        ["91"] = "IN",
        ["92"] = "PK",
        ["94"] = "LK",
        ["212"] = "MA",
        ["234"] = "NG",
        ["254"] = "KE",
        ["351"] = "PT",
        ["353"] = "IE",
        ["358"] = "FI",
        ["420"] = "CZ",
        ["880"] = "BD",
        ["966"] = "SA",
        ["971"] = "AE",
        ["972"] = "IL",
    };
}

namespace Herald.WhatsApp.Messages;

/// <summary>Whom a message goes to: a phone number, or a business-scoped user id of a person whose number is hidden.</summary>
public sealed record Recipient
{
    private const int PhoneDigitsMin = 5;
    private const int PhoneDigitsMax = 17;
    private const int UserIdLengthMax = 140;

    private Recipient(string? phone, string? userId)
    {
        Phone = phone;
        UserId = userId;
    }

    /// <summary>The number as digits with the country code and without a plus, or null.</summary>
    public string? Phone { get; }

    /// <summary>The business-scoped user id, such as <c>US.13491208655302741918</c>, or null.</summary>
    public string? UserId { get; }

    /// <summary>A recipient known by phone number.</summary>
    /// <param name="digits">5 to 17 digits with the country code, without a plus.</param>
    /// <returns>The recipient.</returns>
    /// <exception cref="ArgumentException">Not such digits.</exception>
    public static Recipient OfPhone(string digits)
    {
        ArgumentNullException.ThrowIfNull(digits);
        if (digits.Length is < PhoneDigitsMin or > PhoneDigitsMax || digits.AsSpan().ContainsAnyExceptInRange('0', '9'))
            throw new ArgumentException($"A phone number is {PhoneDigitsMin} to {PhoneDigitsMax} digits without a plus.", nameof(digits));
        return new Recipient(digits, null);
    }

    /// <summary>A recipient known by business-scoped user id.</summary>
    /// <param name="userId">The id as a webhook gave it.</param>
    /// <returns>The recipient.</returns>
    /// <exception cref="ArgumentException">Not such an id.</exception>
    public static Recipient OfUser(string userId)
    {
        ArgumentNullException.ThrowIfNull(userId);
        if (!IsUserId(userId))
            throw new ArgumentException("A business-scoped user id is two letters, a dot and letters or digits.", nameof(userId));
        return new Recipient(null, userId);
    }

    /// <summary>Whether a text has the form of a business-scoped user id.</summary>
    /// <param name="text">The text.</param>
    /// <returns>True for a country's two letters, a dot and letters, digits or further dots.</returns>
    public static bool IsUserId(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length is < 4 or > UserIdLengthMax || text[2] != '.') return false;
        if (!char.IsAsciiLetterUpper(text[0]) || !char.IsAsciiLetterUpper(text[1])) return false;
        foreach (var letter in text.AsSpan(3))
        {
            if (!char.IsAsciiLetterOrDigit(letter) && letter != '.') return false;
        }

        return true;
    }

    /// <summary>Never the number or the id.</summary>
    /// <returns>The kind of identity.</returns>
    public override string ToString() => Phone is null ? "(user id)" : "(phone)";
}

namespace Herald.Domain.Contacts;

/// <summary>The outcome of reading a phone number.</summary>
/// <param name="Number">The number; meaningful only if there is no error.</param>
/// <param name="Error">Why the text is no phone number.</param>
public readonly record struct PhoneNumberParse(PhoneNumber Number, PhoneNumberError Error)
{
    /// <summary>True if the text is a phone number.</summary>
    public bool IsValid => Error == PhoneNumberError.None;

    /// <summary>One English sentence that names the rule, for people; empty if valid. Never holds the number.</summary>
    public string Text => Error switch
    {
        PhoneNumberError.None => string.Empty,
        PhoneNumberError.Empty => "A phone number must hold digits.",
        PhoneNumberError.BadCharacter => "A phone number may hold digits, spaces, hyphens, dots, parentheses, and one plus sign at its start.",
        PhoneNumberError.TooShort => "The phone number has too few digits: at least 7 with its calling code, and what its country needs.",
        PhoneNumberError.TooLong => "The phone number has too many digits: at most 15 with its calling code, and what its country allows.",
        PhoneNumberError.NoRegion => "The phone number has no calling code: write it with + and the calling code, or set the tenant's default region.",
        PhoneNumberError.UnknownCallingCode => "The phone number begins with a calling code that no country has.",
        PhoneNumberError.Ambiguous => "The phone number can be read with and without a calling code: write it with a plus sign or with its national trunk prefix.",
        _ => throw new InvalidOperationException($"No text for {Error}."),
    };
}

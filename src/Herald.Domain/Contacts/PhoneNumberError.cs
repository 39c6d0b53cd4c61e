namespace Herald.Domain.Contacts;

/// <summary>Why a text is no phone number.</summary>
public enum PhoneNumberError
{
    /// <summary>It is one.</summary>
    None = 0,

    /// <summary>There is no digit in it.</summary>
    Empty = 1,

    /// <summary>It holds a character that no phone number holds.</summary>
    BadCharacter = 2,

    /// <summary>It has too few digits.</summary>
    TooShort = 3,

    /// <summary>It has too many digits.</summary>
    TooLong = 4,

    /// <summary>It has no calling code, and no default region was given.</summary>
    NoRegion = 5,

    /// <summary>It begins with a calling code that no country has.</summary>
    UnknownCallingCode = 6,

    /// <summary>It can be read as a national number and as an international one.</summary>
    Ambiguous = 7,
}

using Herald.Domain.Contacts;

namespace Herald.Storage.Contacts;

/// <summary>One contact to import.</summary>
public sealed record class ContactImportRow
{
    /// <summary>The id it gets if its phone is not known yet.</summary>
    public required ContactId NewContactId { get; init; }

    /// <summary>E.164 digits without plus.</summary>
    public required string Phone { get; init; }

    /// <summary>Other spellings of the same phone, without <see cref="Phone"/> itself; may be empty.</summary>
    public required IReadOnlyList<string> PhoneVariants { get; init; }

    /// <summary>The name; empty leaves the stored one.</summary>
    public required string DisplayName { get; init; }

    /// <summary>The language; empty leaves the stored one.</summary>
    public required string Language { get; init; }

    /// <summary>The time zone; empty leaves the stored one.</summary>
    public required string TimeZone { get; init; }

    /// <summary>Attributes; each replaces the stored one of its name, and the others stay.</summary>
    public required IReadOnlyDictionary<string, string> Attributes { get; init; }

    /// <summary>What the person allowed or refused; null when the file says nothing.</summary>
    public required ContactImportConsent? Consent { get; init; }
}

namespace Herald.Grains.Campaigns;

/// <summary>One variable's source: either a literal or a contact's attribute.</summary>
/// <param name="Literal">The same text for everyone; null when an attribute is meant.</param>
/// <param name="Attribute">
/// The name of a contact's attribute, or <c>display_name</c>, <c>language</c>, <c>phone_number</c>; null when a literal is meant.
/// </param>
/// <param name="Fallback">What stands in for an attribute that the contact lacks; null or empty when nothing does.</param>
public sealed record CampaignParameter(string? Literal, string? Attribute, string? Fallback)
{
    /// <summary>The attribute name of the contact's display name.</summary>
    public const string DisplayName = "display_name";

    /// <summary>The attribute name of the contact's language.</summary>
    public const string Language = "language";

    /// <summary>The attribute name of the contact's phone number, with a plus.</summary>
    public const string PhoneNumber = "phone_number";

    /// <summary>The value for one contact; empty when the contact lacks it and there is no fallback.</summary>
    /// <param name="displayName">The contact's display name.</param>
    /// <param name="language">The contact's language.</param>
    /// <param name="phone">The contact's phone, E.164 digits; null when not known.</param>
    /// <param name="attributes">The contact's own attributes.</param>
    public string Resolve(string displayName, string language, string? phone, IReadOnlyDictionary<string, string> attributes)
    {
        if (Literal is not null)
            return Literal;
        var value = Attribute switch
        {
            DisplayName => displayName,
            Language => language,
            PhoneNumber => phone is null ? "" : "+" + phone,
            _ => attributes.GetValueOrDefault(Attribute ?? "", ""),
        };
        return string.IsNullOrWhiteSpace(value) ? Fallback ?? "" : value;
    }
}

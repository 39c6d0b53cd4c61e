using System.Text.RegularExpressions;
using Google.Protobuf.Collections;
using Herald.Api.Errors;
using Herald.Contracts.Contacts.V1;
using Herald.Domain.Contacts;

namespace Herald.Api.Contacts;

/// <summary>The rules of contacts that the contract states.</summary>
internal static partial class ContactValidation
{
    /// <summary>The longest display name.</summary>
    public const int NameMax = 100;

    /// <summary>The most attributes of a contact.</summary>
    public const int AttributesMax = 50;

    /// <summary>The longest value of an attribute.</summary>
    public const int AttributeValueMax = 1_000;

    private const int UserIdMax = 150;
    private const int UsernameMin = 3;
    private const int UsernameMax = 35;

    private static readonly HashSet<string> ReservedNames =
        [.. Contact.Descriptor.Fields.InDeclarationOrder().Select(field => field.Name)];

    /// <summary>Whether a text can be the name of an attribute.</summary>
    public static bool IsAttributeName(string text) => AttributeName().IsMatch(text) && !ReservedNames.Contains(text);

    /// <summary>Checks the fields of a contact that are written, and reads its phone number.</summary>
    /// <returns>The phone number; null if there is none.</returns>
    public static PhoneNumber? Check(this Violations violations, string path, Contact contact, Func<string, bool> isWritten)
    {
        if (isWritten("whatsapp_user_id"))
            CheckUserId(violations, $"{path}.whatsapp_user_id", contact.WhatsappUserId);
        if (isWritten("username"))
            CheckUsername(violations, $"{path}.username", contact.Username);
        if (isWritten("display_name"))
            violations.OptionalText($"{path}.display_name", contact.DisplayName, NameMax);
        if (isWritten("language"))
            violations.Language($"{path}.language", contact.Language);
        if (isWritten("time_zone"))
            violations.TimeZone($"{path}.time_zone", contact.TimeZone);
        if (isWritten("attributes"))
            CheckAttributes(violations, $"{path}.attributes", contact.Attributes);
        return isWritten("phone_number") && contact.PhoneNumber.Length > 0
            ? violations.Phone($"{path}.phone_number", contact.PhoneNumber, null)
            : null;
    }

    private static void CheckUserId(Violations violations, string field, string value)
    {
        if (value.Length > UserIdMax)
            violations.Add(field, Rules.TooLong, $"It may have at most {UserIdMax} characters.");
        else if (value.Length > 0 && value.AsSpan().ContainsAnyExceptInRange('!', '~'))
            violations.Add(field, Rules.Malformed, "It consists of printable ASCII characters without spaces.");
    }

    private static void CheckUsername(Violations violations, string field, string value)
    {
        if (value.Length > UsernameMax)
            violations.Add(field, Rules.TooLong, $"It has {UsernameMin} to {UsernameMax} characters.");
        else if (value.Length is > 0 and < UsernameMin)
            violations.Add(field, Rules.TooShort, $"It has {UsernameMin} to {UsernameMax} characters.");
        else if (value.Length > 0 && !value.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '_'))
            violations.Add(field, Rules.Malformed, "It consists of letters, digits, dots and underscores, without an at sign.");
    }

    private static void CheckAttributes(Violations violations, string field, MapField<string, string> attributes)
    {
        if (attributes.Count > AttributesMax)
            violations.Add(field, Rules.TooLong, $"A contact has at most {AttributesMax} attributes.");
        foreach (var (name, value) in attributes.Take(AttributesMax))
        {
            if (!IsAttributeName(name))
                violations.Add(field, "attribute_name", "Names of attributes match [a-z][a-z0-9_]{0,49} and are not the name of a contact's field.");
            else if (value.Length > AttributeValueMax)
                violations.Add($"{field}[\"{name}\"]", Rules.TooLong, $"It may have at most {AttributeValueMax} characters.");
        }
    }

    [GeneratedRegex(@"\A[a-z][a-z0-9_]{0,49}\z")]
    private static partial Regex AttributeName();
}

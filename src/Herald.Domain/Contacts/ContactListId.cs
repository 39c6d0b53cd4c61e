using System.Diagnostics.CodeAnalysis;

namespace Herald.Domain.Contacts;

/// <summary>The id of a named list of contacts of a tenant. A UUID made by an <see cref="IIdSource"/>; written in lower case with hyphens.</summary>
/// <param name="Value">The UUID; <see cref="Guid.Empty"/> means that no id was given.</param>
public readonly record struct ContactListId(Guid Value) : IEntityId<ContactListId>
{
    /// <inheritdoc/>
    public static ContactListId FromGuid(Guid value) => new(value);

    /// <summary>Reads the form that <see cref="ToString"/> writes; upper-case digits are accepted.</summary>
    /// <exception cref="FormatException">The text is not a UUID with hyphens.</exception>
    public static ContactListId Parse(string text) => new(EntityId.Parse(text));

    /// <summary>Reads the form that <see cref="ToString"/> writes; upper-case digits are accepted. False leaves the empty id.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out ContactListId id)
    {
        var isValid = EntityId.TryParse(text, out var value);
        id = new ContactListId(value);
        return isValid;
    }

    /// <summary>The UUID in lower case with hyphens, 36 characters.</summary>
    public override string ToString() => Value.ToString("D");
}

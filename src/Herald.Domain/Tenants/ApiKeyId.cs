using System.Diagnostics.CodeAnalysis;

namespace Herald.Domain.Tenants;

/// <summary>The id of an API key of a tenant; its compact form is part of the key's text. A UUID made by an <see cref="IIdSource"/>; written in lower case with hyphens.</summary>
/// <param name="Value">The UUID; <see cref="Guid.Empty"/> means that no id was given.</param>
public readonly record struct ApiKeyId(Guid Value) : IEntityId<ApiKeyId>
{
    /// <inheritdoc/>
    public static ApiKeyId FromGuid(Guid value) => new(value);

    /// <summary>Reads the form that <see cref="ToString"/> writes; upper-case digits are accepted.</summary>
    /// <exception cref="FormatException">The text is not a UUID with hyphens.</exception>
    public static ApiKeyId Parse(string text) => new(EntityId.Parse(text));

    /// <summary>Reads the form that <see cref="ToString"/> writes; upper-case digits are accepted. False leaves the empty id.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out ApiKeyId id)
    {
        var isValid = EntityId.TryParse(text, out var value);
        id = new ApiKeyId(value);
        return isValid;
    }

    /// <summary>The UUID in lower case with hyphens, 36 characters.</summary>
    public override string ToString() => Value.ToString("D");
}

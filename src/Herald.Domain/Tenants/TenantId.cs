using System.Diagnostics.CodeAnalysis;

namespace Herald.Domain.Tenants;

/// <summary>The id of a tenant, one business that uses Herald. A UUID made by an <see cref="IIdSource"/>; written in lower case with hyphens.</summary>
/// <param name="Value">The UUID; <see cref="Guid.Empty"/> means that no id was given.</param>
public readonly record struct TenantId(Guid Value) : IEntityId<TenantId>
{
    /// <inheritdoc/>
    public static TenantId FromGuid(Guid value) => new(value);

    /// <summary>Reads the form that <see cref="ToString"/> writes; upper-case digits are accepted.</summary>
    /// <exception cref="FormatException">The text is not a UUID with hyphens.</exception>
    public static TenantId Parse(string text) => new(EntityId.Parse(text));

    /// <summary>Reads the form that <see cref="ToString"/> writes; upper-case digits are accepted. False leaves the empty id.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out TenantId id)
    {
        var isValid = EntityId.TryParse(text, out var value);
        id = new TenantId(value);
        return isValid;
    }

    /// <summary>The UUID in lower case with hyphens, 36 characters.</summary>
    public override string ToString() => Value.ToString("D");
}

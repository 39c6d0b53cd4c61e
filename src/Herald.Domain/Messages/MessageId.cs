using System.Diagnostics.CodeAnalysis;

namespace Herald.Domain.Messages;

/// <summary>The id of one outgoing message to one contact. A UUID made by an <see cref="IIdSource"/>; written in lower case with hyphens.</summary>
/// <param name="Value">The UUID; <see cref="Guid.Empty"/> means that no id was given.</param>
public readonly record struct MessageId(Guid Value) : IEntityId<MessageId>
{
    /// <inheritdoc/>
    public static MessageId FromGuid(Guid value) => new(value);

    /// <summary>Reads the form that <see cref="ToString"/> writes; upper-case digits are accepted.</summary>
    /// <exception cref="FormatException">The text is not a UUID with hyphens.</exception>
    public static MessageId Parse(string text) => new(EntityId.Parse(text));

    /// <summary>Reads the form that <see cref="ToString"/> writes; upper-case digits are accepted. False leaves the empty id.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out MessageId id)
    {
        var isValid = EntityId.TryParse(text, out var value);
        id = new MessageId(value);
        return isValid;
    }

    /// <summary>The UUID in lower case with hyphens, 36 characters.</summary>
    public override string ToString() => Value.ToString("D");
}

using System.Text;
using System.Text.Json;
using Herald.WhatsApp.Json;

namespace Herald.WhatsApp.Messages;

/// <summary>
/// What a message says, without its recipient. A closed set: <see cref="TextContent"/>, <see cref="ButtonsContent"/>,
/// <see cref="ListContent"/>, <see cref="CtaUrlContent"/>, <see cref="MediaContent"/>, <see cref="LocationContent"/>,
/// <see cref="ReactionContent"/> and <see cref="TemplateContent"/>. All but the template may be sent only within the 24 hours after the person wrote.
/// </summary>
public abstract record MessageContent
{
    private protected MessageContent()
    {
    }

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <param name="json">The stored text.</param>
    /// <returns>Content equal to the one stored.</returns>
    /// <exception cref="FormatException">The text is no content of this set. The message never quotes it.</exception>
    public static MessageContent Parse(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            using var document = JsonDocument.Parse(json);
            return ContentReader.Read(document.RootElement);
        }
        catch (JsonException)
        {
            // The inner exception is left out on purpose: it can quote the message's text.
            throw new FormatException("A stored message is not JSON.");
        }
    }

    /// <summary>Writes the content as the compact JSON that a database column holds: Meta's own shape, without the recipient.</summary>
    /// <returns>One JSON object, readable by <see cref="Parse"/>.</returns>
    public string ToJson()
    {
        using var buffer = new PooledBuffer();
        using (var writer = new Utf8JsonWriter(buffer, ContentWriter.Options))
        {
            writer.WriteStartObject();
            ContentWriter.WriteMembers(writer, this);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.Written.Span);
    }

    /// <summary>The kind only: the text of a message must not reach a log.</summary>
    /// <returns>The type's name.</returns>
    public sealed override string ToString() => GetType().Name;
}

using System.Text;
using System.Text.Json;
using Herald.WhatsApp.Json;

namespace Herald.WhatsApp.Messages;

/// <summary>What a database column keeps of a message until it leaves: its content, and the message that it answers.</summary>
/// <param name="Content">What it says.</param>
/// <param name="ContextMessageId">Meta's id of the message that is quoted, or null.</param>
public sealed record QueuedContent(MessageContent Content, string? ContextMessageId)
{
    /// <summary>Reads what <see cref="ToJson"/> or <see cref="MessageContent.ToJson"/> wrote.</summary>
    /// <param name="json">The stored text.</param>
    /// <returns>Content equal to the one stored.</returns>
    /// <exception cref="FormatException">The text is no such content. The message never quotes it.</exception>
    public static QueuedContent Parse(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            using var document = JsonDocument.Parse(json);
            return new QueuedContent(ContentReader.Read(document.RootElement), document.RootElement.Member("context"u8).Text("message_id"u8));
        }
        catch (JsonException)
        {
            // The inner exception is left out on purpose: it can quote the message's text.
            throw new FormatException("A stored message is not JSON.");
        }
    }

    /// <summary>Writes compact JSON: Meta's own shape, without the recipient.</summary>
    /// <returns>One JSON object.</returns>
    public string ToJson()
    {
        using var buffer = new PooledBuffer();
        using (var writer = new Utf8JsonWriter(buffer, ContentWriter.Options))
        {
            writer.WriteStartObject();
            ContentWriter.WriteContext(writer, ContextMessageId);
            ContentWriter.WriteMembers(writer, Content);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.Written.Span);
    }

    /// <summary>The kind only: the text of a message must not reach a log.</summary>
    /// <returns>The content's kind.</returns>
    public override string ToString() => $"QueuedContent({Content})";
}

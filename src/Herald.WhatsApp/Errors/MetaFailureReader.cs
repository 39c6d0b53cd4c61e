using System.Text;
using System.Text.Json;
using Herald.WhatsApp.Json;

namespace Herald.WhatsApp.Errors;

/// <summary>Reads Meta's error envelope in the shapes that were seen: <c>error_data</c> an object, a text or absent.</summary>
internal static class MetaFailureReader
{
    /// <summary>Reads an error body; null when the body is none, so that an HTML page of a gateway is not taken for Meta's word.</summary>
    public static MetaFailure? Read(JsonElement root, int httpStatus, TimeSpan? retryAfter)
    {
        var error = root.Member("error"u8);
        if (error.ValueKind != JsonValueKind.Object) error = root.Member("errors"u8);
        if (error.Int("code"u8) is not { } code) return null;

        var subcode = error.Int("error_subcode"u8);
        var isTransient = error.Flag("is_transient"u8) ?? false;
        return new MetaFailure
        {
            Code = code,
            Subcode = subcode,
            HttpStatus = httpStatus,
            Message = error.Text("message"u8),
            Details = ReadDetails(error.Member("error_data"u8)),
            UserTitle = error.Text("error_user_title"u8),
            UserMessage = error.Text("error_user_msg"u8),
            TraceId = error.Text("fbtrace_id"u8),
            IsTransient = isTransient,
            RetryAfter = retryAfter,
            Error = MetaErrors.ForAnswer(code, subcode, httpStatus, isTransient),
        };
    }

    /// <summary>A refusal that carries nothing but its HTTP status.</summary>
    public static MetaFailure WithoutBody(int httpStatus, TimeSpan? retryAfter) => new()
    {
        HttpStatus = httpStatus,
        RetryAfter = retryAfter,
        Error = MetaErrors.ForAnswer(null, null, httpStatus, isTransient: false),
    };

    private static string? ReadDetails(JsonElement data)
    {
        if (data.ValueKind != JsonValueKind.String) return data.Text("details"u8);

        // Old versions put the object into a text.
        var text = LenientString.Read(data);
        try
        {
            using var document = JsonDocument.Parse(Encoding.UTF8.GetBytes(text));
            return document.RootElement.Text("details"u8) ?? text;
        }
        catch (JsonException)
        {
            return text.Length == 0 ? null : text;
        }
    }
}

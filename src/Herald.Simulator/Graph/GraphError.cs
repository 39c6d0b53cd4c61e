namespace Herald.Simulator;

/// <summary>An error as Meta words it, before it becomes an envelope.</summary>
internal sealed record GraphError(int Code, string Message)
{
    public int Status { get; init; } = StatusCodes.Status400BadRequest;

    public string Type { get; init; } = "OAuthException";

    public int? Subcode { get; init; }

    /// <summary>Text of <c>error_data.details</c>; with it comes <c>error_data.messaging_product</c>.</summary>
    public string? Details { get; init; }

    /// <summary>A field of <c>error_data.blame_field_specs</c>, as in refusals of templates.</summary>
    public string? BlameField { get; init; }

    public string? UserTitle { get; init; }

    public string? UserMessage { get; init; }

    public bool? IsTransient { get; init; }

    public byte[] ToJson(string traceId)
    {
        var json = new MetaJson(512);
        json.Open('{').Name("error").Open('{').Member("message", Message).Member("type", Type).Member("code", Code);
        if (Details is not null)
        {
            json.Name("error_data").Open('{').Member("messaging_product", "whatsapp").Member("details", Details).Close('}');
        }
        else if (BlameField is not null)
        {
            json.Name("error_data").Open('{').Name("blame_field_specs").Open('[').Open('[').String(BlameField).Close(']').Close(']').Close('}');
        }

        if (Subcode is { } subcode)
        {
            json.Member("error_subcode", subcode);
        }

        if (IsTransient is { } transient)
        {
            json.Member("is_transient", transient);
        }

        if (UserTitle is not null)
        {
            json.Member("error_user_title", UserTitle);
        }

        if (UserMessage is not null)
        {
            json.Member("error_user_msg", UserMessage);
        }

        return json.Member("fbtrace_id", traceId).Close('}').Close('}').ToArray();
    }
}

namespace Herald.WhatsApp.Errors;

/// <summary>
/// Meta's refusal of a call. <see cref="Message"/>, <see cref="Details"/> and the user texts are Meta's own words; they may quote a
/// phone number or a text, so they are for the tenant's eyes and never for a log.
/// </summary>
public sealed record MetaFailure
{
    /// <summary>Meta's code, or null when the answer had no error body.</summary>
    public int? Code { get; init; }

    /// <summary>Meta's subcode, or null.</summary>
    public int? Subcode { get; init; }

    /// <summary>HTTP status of the answer.</summary>
    public int HttpStatus { get; init; }

    /// <summary>Meta's technical message, or null.</summary>
    public string? Message { get; init; }

    /// <summary>Meta's details, the most useful text for sends, or null.</summary>
    public string? Details { get; init; }

    /// <summary>Title for a person, the most useful text for templates, or null. In the language of the token's owner.</summary>
    public string? UserTitle { get; init; }

    /// <summary>Text for a person, the most useful text for templates, or null. In the language of the token's owner.</summary>
    public string? UserMessage { get; init; }

    /// <summary>Meta's trace id, which support asks for, or null.</summary>
    public string? TraceId { get; init; }

    /// <summary>Meta's own word that the error passes.</summary>
    public bool IsTransient { get; init; }

    /// <summary>How long Meta asks to wait before the same call, or null if it does not say. Not bounded: it may be a day.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The row of the table that this error falls under.</summary>
    public required MetaError Error { get; init; }

    /// <summary>What Herald does about it; the same as <see cref="MetaError.Reaction"/> of <see cref="Error"/>.</summary>
    public Reaction Reaction => Error.Reaction;

    /// <summary>Meta's most useful words about a message, without what they may quote; empty without any.</summary>
    public string WordsWithoutValues => MetaWords.WithoutValues(Details ?? Message);

    /// <summary>Numbers and the trace id only; Meta's texts may quote personal data.</summary>
    /// <returns>A line that may be logged.</returns>
    public override string ToString() => $"code {Code}, subcode {Subcode}, HTTP {HttpStatus}, trace {TraceId}, {Reaction}";
}

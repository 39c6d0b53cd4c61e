namespace Herald.Simulator;

/// <summary>A message as a person sees it on the phone.</summary>
public sealed record PhoneMessage
{
    /// <summary>The wamid.</summary>
    public required string MessageId { get; init; }

    /// <summary>Node id of the sending number.</summary>
    public required string PhoneNumberId { get; init; }

    /// <summary>Digits of the sending number.</summary>
    public required string From { get; init; }

    /// <summary><c>text</c>, <c>template</c>, <c>interactive</c>, a kind of media, <c>location</c> or <c>reaction</c>.</summary>
    public required string Type { get; init; }

    /// <summary>When the phone got it.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>The text, with a template's parameters filled in; a caption, a reaction's emoji, or a place's name.</summary>
    public required string Body { get; init; }

    /// <summary>Text of the header; null without one.</summary>
    public string? Header { get; init; }

    /// <summary>Address or id of what is shown or played; null without media.</summary>
    public string? Media { get; init; }

    /// <summary>Text of the footer; null without one.</summary>
    public string? Footer { get; init; }

    /// <summary>Buttons in order; empty without any.</summary>
    public IReadOnlyList<PhoneButton> Buttons { get; init; } = [];

    /// <summary>Label that opens the list; null unless it is a list message.</summary>
    public string? ListButton { get; init; }

    /// <summary>Rows of a list message in order, all sections together.</summary>
    public IReadOnlyList<PhoneRow> Rows { get; init; } = [];

    /// <summary>Name of the template; null unless it is a template message.</summary>
    public string? TemplateName { get; init; }

    /// <summary>The wamid that this message quotes or reacts to; null without.</summary>
    public string? ReplyTo { get; init; }

    /// <summary>What came as <c>biz_opaque_callback_data</c>. A person does not see it; tests do.</summary>
    public string? CallbackData { get; init; }
}

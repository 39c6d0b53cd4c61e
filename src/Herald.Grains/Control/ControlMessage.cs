using Orleans;

namespace Herald.Grains.Control;

/// <summary>One message that a person sent to a control number.</summary>
[GenerateSerializer]
[Immutable]
[Alias("Herald.Grains.Control.ControlMessage")]
public sealed record ControlMessage
{
    /// <summary>WhatsApp's id of the message.</summary>
    [Id(0)]
    public required string WhatsAppMessageId { get; init; }

    /// <summary>The person's phone, E.164 digits; null when WhatsApp hides it.</summary>
    [Id(1)]
    public string? Phone { get; init; }

    /// <summary>What was typed, or the title of what was tapped.</summary>
    [Id(2)]
    public required string Text { get; init; }

    /// <summary>The id of the button or list row that was tapped; null for typed text.</summary>
    [Id(3)]
    public string? ReplyId { get; init; }

    /// <summary>When it was written.</summary>
    [Id(4)]
    public required DateTimeOffset Time { get; init; }
}

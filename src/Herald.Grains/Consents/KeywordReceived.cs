using Orleans;

namespace Herald.Grains.Consents;

/// <summary>A STOP or START that a contact wrote or tapped.</summary>
[GenerateSerializer]
[Immutable]
[Alias("Herald.Grains.Consents.KeywordReceived")]
public sealed record KeywordReceived
{
    /// <summary>The sender that received it, and that confirms.</summary>
    [Id(0)]
    public required Guid Sender { get; init; }

    /// <summary>WhatsApp's id of the inbound message.</summary>
    [Id(1)]
    public required string WhatsAppMessageId { get; init; }

    /// <summary>WhatsApp's id of the message it answers; null when it quotes none.</summary>
    [Id(2)]
    public string? QuotedMessageId { get; init; }

    /// <summary>The keyword as matched, never the free text around it.</summary>
    [Id(3)]
    public required string Keyword { get; init; }

    /// <summary>Whether it was a button or list reply rather than text.</summary>
    [Id(4)]
    public required bool IsButton { get; init; }

    /// <summary>BCP 47 language of the keyword set that matched, for the confirmation.</summary>
    [Id(5)]
    public required string Language { get; init; }

    /// <summary>When the contact wrote it.</summary>
    [Id(6)]
    public required DateTimeOffset EventTime { get; init; }

    /// <summary>Under which key the ledger knows that message.</summary>
    /// <param name="whatsAppMessageId">WhatsApp's id of the inbound message.</param>
    public static string EvidenceKeyOf(string whatsAppMessageId) => $"wamid:{whatsAppMessageId}";
}

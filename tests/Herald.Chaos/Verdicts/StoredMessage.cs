using Herald.Domain.Messages;

namespace Herald.Chaos.Verdicts;

/// <summary>A message as the database has it at the end.</summary>
internal sealed class StoredMessage
{
    public Guid MessageId { get; init; }

    public Guid? CampaignId { get; init; }

    public MessageState State { get; init; }

    public int ErrorCode { get; init; }

    public string ErrorDetail { get; init; } = "";

    /// <summary>WhatsApp took it, as far as Herald knows.</summary>
    public bool HasLeft => State is MessageState.Accepted or MessageState.Sent or MessageState.Delivered or MessageState.Read;

    /// <summary>Something is still to happen to it: it waits, is under way, or WhatsApp's word on it is missing.</summary>
    public bool IsOpen => State is MessageState.Queued or MessageState.Claimed or MessageState.Accepted;
}

using Herald.Domain.Consents;
using Herald.Domain.Messages;

namespace Herald.Storage.Campaigns;

/// <summary>A campaign's figures, counted from its messages.</summary>
public sealed record class CampaignReportRow
{
    /// <summary>All messages of the campaign.</summary>
    public required long Recipients { get; init; }

    /// <summary>Messages by the state they are in; states without messages are absent.</summary>
    public required IReadOnlyDictionary<MessageState, long> ByState { get; init; }

    /// <summary>Messages known to have been sent: now Sent, Delivered or Read, or failed after a sent status.</summary>
    public required long SentTotal { get; init; }

    /// <summary>Messages known to have been delivered: now Delivered or Read.</summary>
    public required long DeliveredTotal { get; init; }

    /// <summary>Messages known to have been read.</summary>
    public required long ReadTotal { get; init; }

    /// <summary>Suppressed messages by reason.</summary>
    public required IReadOnlyDictionary<SuppressionReason, long> SuppressedByReason { get; init; }

    /// <summary>Failed messages by Meta's error code; 0 when there was none.</summary>
    public required IReadOnlyDictionary<int, long> FailedByCode { get; init; }

    /// <summary>Contacts whose marketing revoke was attributed to the campaign.</summary>
    public required long OptedOut { get; init; }
}

using Herald.Domain.Campaigns;
using Herald.Domain.Consents;
using Herald.Domain.Contacts;
using Herald.Domain.Messages;

namespace Herald.Storage.Messages;

/// <summary>Which messages are listed: those that match everything that is set.</summary>
public sealed record class MessageFilter
{
    /// <summary>Of this campaign.</summary>
    public CampaignId? Campaign { get; init; }

    /// <summary>To this contact.</summary>
    public ContactId? Contact { get; init; }

    /// <summary>In this state.</summary>
    public MessageState? State { get; init; }

    /// <summary>With this code of Meta's last error.</summary>
    public int? ErrorCode { get; init; }

    /// <summary>Suppressed for this reason.</summary>
    public SuppressionReason? SuppressionReason { get; init; }

    /// <summary>Made at this time or later.</summary>
    public DateTimeOffset? CreatedFrom { get; init; }

    /// <summary>Made before this time.</summary>
    public DateTimeOffset? CreatedBefore { get; init; }
}

using Herald.Domain.Campaigns;
using Herald.Domain.Consents;
using Herald.Domain.Contacts;
using Herald.Domain.Messages;
using Herald.Domain.Senders;
using Herald.Domain.Templates;
using Herald.Domain.Tenants;

namespace Herald.Storage.Messages;

/// <summary>An outgoing message as stored.</summary>
public sealed record class MessageRow
{
    /// <summary>The tenant.</summary>
    public required TenantId TenantId { get; init; }

    /// <summary>The message.</summary>
    public required MessageId MessageId { get; init; }

    /// <summary>The campaign; null for replies.</summary>
    public required CampaignId? CampaignId { get; init; }

    /// <summary>The person it goes to.</summary>
    public required ContactId ContactId { get; init; }

    /// <summary>The number it goes from.</summary>
    public required SenderId SenderId { get; init; }

    /// <summary>What it is for.</summary>
    public required MessageClass Class { get; init; }

    /// <summary>Where it is in its life.</summary>
    public required MessageState State { get; init; }

    /// <summary>Why it was not sent; None unless Suppressed.</summary>
    public required SuppressionReason SuppressionReason { get; init; }

    /// <summary>Meta's last error code; 0 without one.</summary>
    public required int ErrorCode { get; init; }

    /// <summary>What a person may read about the error, a stored <see cref="FailureText"/>; empty without one.</summary>
    public required string ErrorDetail { get; init; }

    /// <summary>The template; null for free-form messages.</summary>
    public required TemplateId? TemplateId { get; init; }

    /// <summary>What a free-form or single message says, as JSON; null for templates of campaigns and after the message left or failed.</summary>
    public required string? Content { get; init; }

    /// <summary>What makes a repeated enqueue a no-op; null for campaign messages.</summary>
    public required string? DedupeKey { get; init; }

    /// <summary>Not to be sent before this time; of an Unknown message, when it became that.</summary>
    public required DateTimeOffset DueTime { get; init; }

    /// <summary>How often it was claimed.</summary>
    public required int Attempts { get; init; }

    /// <summary>The node that claimed it last.</summary>
    public required string? ClaimNode { get; init; }

    /// <summary>The epoch of the sender lease under which it was claimed last.</summary>
    public required long? ClaimEpoch { get; init; }

    /// <summary>When the claim runs out; null unless Claimed.</summary>
    public required DateTimeOffset? ClaimExpireTime { get; init; }

    /// <summary>Meta's id; null before it was accepted.</summary>
    public required string? Wamid { get; init; }

    /// <summary>When it was queued.</summary>
    public required DateTimeOffset CreateTime { get; init; }

    /// <summary>When it was claimed last.</summary>
    public required DateTimeOffset? ClaimTime { get; init; }

    /// <summary>When Meta accepted it.</summary>
    public required DateTimeOffset? AcceptTime { get; init; }

    /// <summary>The time in Meta's sent status.</summary>
    public required DateTimeOffset? SentTime { get; init; }

    /// <summary>The time in Meta's delivered status.</summary>
    public required DateTimeOffset? DeliveredTime { get; init; }

    /// <summary>The time in Meta's read status.</summary>
    public required DateTimeOffset? ReadTime { get; init; }

    /// <summary>When it reached Suppressed, Failed, Expired or Cancelled.</summary>
    public required DateTimeOffset? EndTime { get; init; }

    /// <summary>The key that sent it as a single message; null for campaigns and Herald's own.</summary>
    public required ApiKeyId? ApiKeyId { get; init; }

    /// <summary>When it is too late to send it; null if never.</summary>
    public required DateTimeOffset? ExpireTime { get; init; }

    /// <summary>For when a caller wanted it to be sent; null for at once, and for what no caller sent.</summary>
    public DateTimeOffset? SendTime { get; init; }

    /// <summary>The stored form of its MessagePrice; null while no status told it.</summary>
    public required int? Price { get; init; }

    /// <summary>When a status said that it failed, whatever came later; null if none did.</summary>
    public required DateTimeOffset? FailTime { get; init; }

    /// <summary>The code of that status.</summary>
    public required int? FailCode { get; init; }

    /// <summary>When the limit of the sender's portfolio last put it off; null if it never did.</summary>
    public DateTimeOffset? LimitHoldTime { get; init; }

    /// <summary>To when it was put off then.</summary>
    public DateTimeOffset? LimitDueTime { get; init; }

    /// <summary>When it was last put off because marketing to its contact was held back; null if it never was.</summary>
    public DateTimeOffset? ContactHoldTime { get; init; }

    /// <summary>Until when it was held back then.</summary>
    public DateTimeOffset? ContactHoldUntil { get; init; }

    /// <summary>The key with which a caller cancelled it by itself; null for what was cancelled with its campaign or not at all.</summary>
    public ApiKeyId? CancelKeyId { get; init; }
}

using Herald.Domain.Messages;
using Herald.Domain.Tenants;

namespace Herald.Storage.Messages;

/// <summary>What one of Meta's status webhooks says about a message.</summary>
public sealed record class StatusUpdate
{
    /// <summary>The tenant, by the number that the webhook is about.</summary>
    public required TenantId TenantId { get; init; }

    /// <summary>The message, when the webhook carried our callback data; else it is found by wamid.</summary>
    public required MessageId? MessageId { get; init; }

    /// <summary>Meta's id.</summary>
    public required string Wamid { get; init; }

    /// <summary>Sent, Delivered, Read or Failed.</summary>
    public required MessageState Evidence { get; init; }

    /// <summary>The webhook's time.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>Meta's error code when failed; else 0.</summary>
    public int ErrorCode { get; init; }

    /// <summary>How Meta prices the message; null where the status does not say.</summary>
    public MessagePrice? Price { get; init; }

    /// <summary>What a person may read about the error, a stored <see cref="FailureText"/>; empty without one. No phone, token or message text.</summary>
    public string ErrorDetail { get; init; } = "";

    /// <summary>
    /// When the message may go once more, if it failed with a code that passes; null when it stays failed. Only what can be made again goes again:
    /// messages of campaigns, and others whose content is still there.
    /// </summary>
    public DateTimeOffset? RetryAt { get; init; }
}

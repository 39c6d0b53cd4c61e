using Herald.Domain.Contacts;
using Herald.Domain.Messages;
using Herald.Domain.Senders;
using Herald.Domain.Tenants;

namespace Herald.Storage.Messages;

/// <summary>A free-form message to be queued.</summary>
public sealed record class NewMessage
{
    /// <summary>The tenant.</summary>
    public required TenantId TenantId { get; init; }

    /// <summary>The message.</summary>
    public required MessageId MessageId { get; init; }

    /// <summary>The person it goes to.</summary>
    public required ContactId ContactId { get; init; }

    /// <summary>The number it goes from.</summary>
    public required SenderId SenderId { get; init; }

    /// <summary>What it is for.</summary>
    public required MessageClass Class { get; init; }

    /// <summary>What it says, as JSON.</summary>
    public required string Content { get; init; }

    /// <summary>Unique in the tenant: a second message with the same key is not queued.</summary>
    public required string DedupeKey { get; init; }

    /// <summary>Not to be sent before this time.</summary>
    public required DateTimeOffset DueTime { get; init; }

    /// <summary>Not to be sent at or after this time; null if it may always be.</summary>
    public DateTimeOffset? ExpireTime { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreateTime { get; init; }
}

using Herald.Domain.Contacts;
using Herald.Domain.Messages;
using Herald.Domain.Templates;

namespace Herald.Storage.Messages;

/// <summary>A single message to be queued.</summary>
public sealed record class NewSend
{
    /// <summary>The message.</summary>
    public required MessageId MessageId { get; init; }

    /// <summary>The person it goes to.</summary>
    public required ContactId ContactId { get; init; }

    /// <summary>Whom it is meant for. If <see cref="CreatesContact"/>, the contact is made of this.</summary>
    public required SendRecipient Recipient { get; init; }

    /// <summary>Whether the contact is new. Several messages of a batch may bring the same new contact.</summary>
    public required bool CreatesContact { get; init; }

    /// <summary>What it is for.</summary>
    public required MessageClass Class { get; init; }

    /// <summary>The template; null for free-form messages.</summary>
    public required TemplateId? TemplateId { get; init; }

    /// <summary>What it says, as JSON, a template with its values included.</summary>
    public required string Content { get; init; }

    /// <summary>When it was made: the time in its id, or a moment later.</summary>
    public required DateTimeOffset CreateTime { get; init; }

    /// <summary>Not to be sent before this time. If it is later than when it was made, it is what the caller wanted.</summary>
    public required DateTimeOffset DueTime { get; init; }

    /// <summary>Not to be sent at or after this time; null if it may always be.</summary>
    public required DateTimeOffset? ExpireTime { get; init; }
}

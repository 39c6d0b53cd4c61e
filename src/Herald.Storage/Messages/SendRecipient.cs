using Herald.Domain.Contacts;
using Herald.Domain.Senders;

namespace Herald.Storage.Messages;

/// <summary>Whom a single message is meant for: a contact by id, by phone or by user id, exactly one of the three.</summary>
public sealed record class SendRecipient
{
    /// <summary>The number that it goes from.</summary>
    public required SenderId SenderId { get; init; }

    /// <summary>The contact.</summary>
    public ContactId? ContactId { get; init; }

    /// <summary>The phone, E.164 digits without plus.</summary>
    public string? Phone { get; init; }

    /// <summary>Another spelling under which the same phone may be known; null if there is none.</summary>
    public string? PhoneVariant { get; init; }

    /// <summary>Meta's business-scoped user id.</summary>
    public string? UserId { get; init; }
}

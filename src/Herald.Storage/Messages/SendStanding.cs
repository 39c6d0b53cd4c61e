using Herald.Domain.Consents;
using Herald.Domain.Contacts;

namespace Herald.Storage.Messages;

/// <summary>What decides whether a single message may go to its recipient, as it stands now.</summary>
public sealed record class SendStanding
{
    /// <summary>Who it is; null when the tenant has no such contact.</summary>
    public required ContactId? ContactId { get; init; }

    /// <summary>Whether the contact has a phone or a user id.</summary>
    public required bool HasAddress { get; init; }

    /// <summary>Whether Meta said that the contact cannot be reached, and nothing has changed since.</summary>
    public required bool IsUnreachable { get; init; }

    /// <summary>Whether the contact is restricted, so that nothing may go to it.</summary>
    public required bool IsRestricted { get; init; }

    /// <summary>What the contact said of marketing to the tenant.</summary>
    public required ConsentState Marketing { get; init; }

    /// <summary>What the contact said of utility messages to the tenant.</summary>
    public required ConsentState Utility { get; init; }

    /// <summary>What the contact said of marketing from this sender.</summary>
    public required ConsentState SenderMarketing { get; init; }

    /// <summary>What the contact said of utility messages from this sender.</summary>
    public required ConsentState SenderUtility { get; init; }

    /// <summary>When the contact last wrote to the sender; null if never.</summary>
    public required DateTimeOffset? InboundTime { get; init; }
}

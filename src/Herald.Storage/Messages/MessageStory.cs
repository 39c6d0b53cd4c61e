using Herald.Storage.Campaigns;
using Herald.Storage.Consents;
using Herald.Storage.Tenants;

namespace Herald.Storage.Messages;

/// <summary>All facts about one message and its recipient's answers.</summary>
public sealed record class MessageStory
{
    /// <summary>The message.</summary>
    public required MessageRow Message { get; init; }

    /// <summary>Its attempts, the first one first.</summary>
    public required IReadOnlyList<AttemptRow> Attempts { get; init; }

    /// <summary>Its campaign; null when it has none.</summary>
    public required CampaignRow? Campaign { get; init; }

    /// <summary>Its sender; null when it is gone.</summary>
    public required SenderRow? Sender { get; init; }

    /// <summary>The revoke that keeps it from being sent; null when it is not Suppressed for one.</summary>
    public required ConsentEventRow? Barred { get; init; }

    /// <summary>What the recipient decided in answer to it, in order of recording.</summary>
    public required IReadOnlyList<ConsentEventRow> Answers { get; init; }
}

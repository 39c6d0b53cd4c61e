using Herald.Domain.Campaigns;
using Herald.Domain.Senders;
using Herald.Domain.Tenants;

namespace Herald.Storage.Messages;

/// <summary>A request of the node that owns a sender for messages to send.</summary>
public sealed record class ClaimRequest
{
    /// <summary>The tenant.</summary>
    public required TenantId TenantId { get; init; }

    /// <summary>The sender.</summary>
    public required SenderId SenderId { get; init; }

    /// <summary>The node that asks.</summary>
    public required string Node { get; init; }

    /// <summary>The epoch of its lease on the sender, see <see cref="Leases.LeaseNames.Sender"/>.</summary>
    public required long Epoch { get; init; }

    /// <summary>Most messages to look at, 1 to 5,000.</summary>
    public required int Limit { get; init; }

    /// <summary>
    /// Whose turn it was last: among campaigns the turn goes on with the next one, so that a claim of few messages does not always serve
    /// the same. Null before the first claim, and after messages without a campaign.
    /// </summary>
    public CampaignId? After { get; init; }

    /// <summary>The node's time: messages due at or before it are taken.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>How long the claims last unless they are settled; counted by the database's clock from the statement that claims.</summary>
    public required TimeSpan Duration { get; init; }
}

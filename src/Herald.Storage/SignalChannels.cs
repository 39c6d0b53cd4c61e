using Herald.Domain.Campaigns;
using Herald.Domain.Contacts;
using Herald.Domain.Senders;
using Herald.Domain.Tenants;

namespace Herald.Storage;

/// <summary>The channels of <see cref="IDatabaseSignals"/> and the payloads that stores put on them.</summary>
public static class SignalChannels
{
    /// <summary>A webhook delivery waits. The payload is empty, or <see cref="InboxStatuses"/> when nothing came but statuses that can wait.</summary>
    public const string Inbox = "herald_inbox";

    /// <summary>See <see cref="Inbox"/>.</summary>
    public const string InboxStatuses = "statuses";

    /// <summary>A sender may have messages to send. The payload is <see cref="Queue(TenantId, SenderId)"/>.</summary>
    public const string QueueChannel = "herald_queue";

    /// <summary>A contact revoked something, or was restricted. The payload is <see cref="OptOut(TenantId, ContactId)"/>.</summary>
    public const string OptOutChannel = "herald_optout";

    /// <summary>A campaign changed. The payload is <see cref="Campaign(TenantId, CampaignId)"/>.</summary>
    public const string CampaignChannel = "herald_campaign";

    /// <summary>A node came, or leases were released: there may be something to take over. The payload is the node's name.</summary>
    public const string LeaseChannel = "herald_lease";

    /// <summary>People wrote to senders. The payload is of <see cref="InboundCount"/>; one that is lost makes a sender a little too fast for a moment.</summary>
    public const string InboundChannel = "herald_inbound";

    /// <summary>
    /// Meta raised a sender's level. The payload is <see cref="Queue(TenantId, SenderId)"/>; one that is lost costs some seconds: the sender's row tells it too.
    /// </summary>
    public const string LevelChannel = "herald_level";

    /// <summary>
    /// A status told that a sender was too fast. The payload is <see cref="Queue(TenantId, SenderId)"/>; one that is lost costs another refusal.
    /// </summary>
    public const string SlowDownChannel = "herald_slow_down";

    /// <summary>"tenant/sender".</summary>
    public static string Queue(TenantId tenant, SenderId sender) => $"{tenant}/{sender}";

    /// <summary>"tenant/contact".</summary>
    public static string OptOut(TenantId tenant, ContactId contact) => $"{tenant}/{contact}";

    /// <summary>"tenant/campaign".</summary>
    public static string Campaign(TenantId tenant, CampaignId campaign) => $"{tenant}/{campaign}";
}

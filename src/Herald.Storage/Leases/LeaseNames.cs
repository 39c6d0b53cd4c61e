using Herald.Domain.Campaigns;
using Herald.Domain.Senders;
using Herald.Domain.Tenants;

namespace Herald.Storage.Leases;

/// <summary>The names of leases.</summary>
public static class LeaseNames
{
    /// <summary>The one node that processes the webhook inbox.</summary>
    public const string Inbox = "inbox";

    /// <summary>The start of all sender leases.</summary>
    public const string SenderPrefix = "sender/";

    /// <summary>The start of the leases by which nodes show that they live.</summary>
    public const string NodePrefix = "node/";

    /// <summary>Held by the node itself while it lives; the other nodes count these to know their share.</summary>
    public static string Node(string node) => NodePrefix + node;

    /// <summary>The one node that sends for a sender.</summary>
    public static string Sender(TenantId tenant, SenderId sender) => $"{SenderPrefix}{tenant}/{sender}";

    /// <summary>The one node that freezes a campaign's audience.</summary>
    public static string Prepare(TenantId tenant, CampaignId campaign) => $"prepare/{tenant}/{campaign}";
}

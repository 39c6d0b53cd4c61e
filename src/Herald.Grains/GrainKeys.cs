using Herald.Domain.Campaigns;
using Herald.Domain.Contacts;
using Herald.Domain.Senders;
using Herald.Domain.Tenants;

namespace Herald.Grains;

/// <summary>Keys of grains: the tenant first, then the entity, as lower-case UUIDs joined by slashes.</summary>
public static class GrainKeys
{
    /// <summary>The key of a tenant's grain.</summary>
    public static string Tenant(TenantId tenant) => tenant.ToString();

    /// <summary>The key of a campaign's grain.</summary>
    public static string Campaign(TenantId tenant, CampaignId campaign) => $"{tenant}/{campaign}";

    /// <summary>The key of a contact's consent grain.</summary>
    public static string Contact(TenantId tenant, ContactId contact) => $"{tenant}/{contact}";

    /// <summary>The key of the control session of one person on one control number.</summary>
    /// <param name="tenant">The tenant that owns the control number.</param>
    /// <param name="sender">The control number.</param>
    /// <param name="contact">The person, as a contact of that tenant.</param>
    public static string ControlSession(TenantId tenant, SenderId sender, ContactId contact) => $"{tenant}/{sender}/{contact}";

    internal static TenantId ParseTenant(string key) => TenantId.Parse(Part(key, 0));

    internal static CampaignId ParseCampaign(string key) => CampaignId.Parse(Part(key, 1));

    internal static ContactId ParseContact(string key) => ContactId.Parse(Part(key, 1));

    internal static SenderId ParseSessionSender(string key) => SenderId.Parse(Part(key, 1));

    internal static ContactId ParseSessionContact(string key) => ContactId.Parse(Part(key, 2));

    private static string Part(string key, int index) => key.Split('/')[index];
}

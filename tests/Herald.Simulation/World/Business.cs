using Herald.Domain.Campaigns;
using Herald.Domain.Contacts;
using Herald.Domain.Senders;
using Herald.Domain.Tenants;

namespace Herald.Simulation.World;

/// <summary>One business with its numbers, its people and its campaigns.</summary>
internal sealed record Business(TenantId Tenant)
{
    public List<(SenderId Id, string PhoneNumberId)> Senders { get; } = [];

    public List<(ContactId Id, string Phone)> People { get; } = [];

    public List<(CampaignId Id, int Audience)> Campaigns { get; } = [];
}

using Herald.Domain;
using Herald.Grains.Campaigns;
using Herald.Storage.Audit;
using Herald.Storage.Campaigns;
using Herald.Storage.Contacts;
using Herald.Storage.Templates;
using Herald.Storage.Tenants;

namespace Herald.Simulation.Grains;

/// <summary>The campaign grain, told its key by the run instead of by a silo.</summary>
internal sealed class NamedCampaignGrain(
    string key,
    ICampaignStore campaigns,
    ITemplateStore templates,
    ISenderStore senders,
    IContactListStore lists,
    IAuditStore audit,
    IIdSource ids,
    TimeProvider time) : CampaignGrain(campaigns, templates, senders, lists, audit, ids, time)
{
    internal override string Key => key;
}

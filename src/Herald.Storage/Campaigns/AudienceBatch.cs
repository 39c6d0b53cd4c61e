using Herald.Domain.Campaigns;
using Herald.Domain.Contacts;
using Herald.Domain.Messages;
using Herald.Domain.Senders;
using Herald.Domain.Templates;
using Herald.Domain.Tenants;

namespace Herald.Storage.Campaigns;

/// <summary>Contacts that become messages of a campaign.</summary>
internal sealed record class AudienceBatch(
    TenantId TenantId,
    CampaignId CampaignId,
    SenderId SenderId,
    TemplateId TemplateId,
    MessageClass Class,
    DateTimeOffset Now,
    IReadOnlyList<(MessageId MessageId, ContactId ContactId)> Messages);

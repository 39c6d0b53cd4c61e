using Herald.Domain.Campaigns;
using Herald.Domain.Contacts;
using Herald.Domain.Senders;
using Herald.Domain.Templates;
using Herald.Domain.Tenants;

namespace Herald.Storage.Conformance;

/// <summary>The ids of what <see cref="Given.SceneAsync"/> made.</summary>
public sealed record class Scene(
    TenantId Tenant,
    SenderId Sender,
    CampaignId Campaign,
    ContactListId List,
    TemplateId Template,
    IReadOnlyList<ContactId> Contacts,
    long Epoch);

using Herald.Domain.Contacts;
using Herald.Domain.Senders;
using Herald.Domain.Templates;
using Herald.Domain.Tenants;

namespace Herald.Testing.Nodes;

/// <summary>A tenant with all it needs to run a campaign.</summary>
internal sealed record Business(TenantId Tenant, SenderId Sender, string PhoneNumberId, TemplateId Template, ContactListId List);

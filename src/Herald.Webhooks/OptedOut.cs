using Herald.Domain.Contacts;
using Herald.Domain.Tenants;

namespace Herald.Webhooks;

/// <summary>A person whose opt-out from marketing is committed.</summary>
internal readonly record struct OptedOut(TenantId Tenant, ContactId Contact);

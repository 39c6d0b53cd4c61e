using Herald.Domain.Contacts;
using Herald.Domain.Senders;
using Herald.Domain.Tenants;

namespace Herald.Storage.Portfolios;

/// <summary>A contact who wrote to a sender.</summary>
/// <param name="TenantId">The tenant.</param>
/// <param name="SenderId">The sender.</param>
/// <param name="ContactId">The contact.</param>
public readonly record struct OpenWindow(TenantId TenantId, SenderId SenderId, ContactId ContactId);

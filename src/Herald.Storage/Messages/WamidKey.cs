using Herald.Domain.Tenants;

namespace Herald.Storage.Messages;

/// <summary>Names one message by Meta's id.</summary>
internal readonly record struct WamidKey(TenantId TenantId, string Wamid);

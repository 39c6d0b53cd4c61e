using Herald.Domain.Messages;
using Herald.Domain.Tenants;

namespace Herald.Storage.Messages;

/// <summary>Names one message.</summary>
internal readonly record struct MessageKey(TenantId TenantId, MessageId MessageId);

using Herald.Domain.Messages;
using Herald.Domain.Tenants;

namespace Herald.Storage.Messages;

/// <summary>What follows for a message whose outcome stayed unknown.</summary>
/// <param name="TenantId">The tenant.</param>
/// <param name="MessageId">The message.</param>
/// <param name="GoesOnceMore">True queues it for another attempt; false leaves it unsent for good.</param>
public sealed record class GraceEnd(TenantId TenantId, MessageId MessageId, bool GoesOnceMore);

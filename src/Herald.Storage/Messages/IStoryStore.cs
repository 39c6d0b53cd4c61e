using Herald.Domain.Messages;
using Herald.Domain.Tenants;

namespace Herald.Storage.Messages;

/// <summary>What is known about single messages, from all tables that know something.</summary>
public interface IStoryStore
{
    /// <summary>All facts about the tenant's message as they stand now, or null when there is no such message.</summary>
    Task<MessageStory?> GetAsync(TenantId tenant, MessageId message, CancellationToken ct);
}

using Herald.Domain.Messages;
using Herald.Domain.Tenants;

namespace Herald.Storage.Messages;

/// <summary>Single messages on their way into the queue. A batch of any size costs the same few statements.</summary>
public interface ISendStore
{
    /// <summary>Who the recipients are and what stands for or against a message to each, in their order; up to 1,000.</summary>
    Task<IReadOnlyList<SendStanding>> StandingsAsync(TenantId tenant, IReadOnlyList<SendRecipient> recipients, CancellationToken ct);

    /// <summary>
    /// Creates the contacts that are new and queues the messages, in one transaction; up to 1,000. A message whose id is known is not queued
    /// again. Signals the queues. False, and no change, when somebody else has an identity of a new contact by now: the standings
    /// are to be read again.
    /// </summary>
    Task<bool> QueueAsync(TenantId tenant, ApiKeyId key, IReadOnlyList<NewSend> sends, DateTimeOffset now, CancellationToken ct);

    /// <summary>Those of the messages that exist, by id.</summary>
    Task<IReadOnlyList<MessageRow>> ListAsync(TenantId tenant, IReadOnlyList<MessageId> messages, CancellationToken ct);
}

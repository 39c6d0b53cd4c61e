using System.Data.Common;
using Herald.Domain.Messages;

namespace Herald.Storage.Messages;

/// <summary>What the hot paths do to many messages at once, which each database does best in its own way.</summary>
internal interface IMessageBatches
{
    /// <summary>See <see cref="IMessageStore.ClaimAsync"/>.</summary>
    Task<ClaimResult> ClaimAsync(DbTransaction transaction, ClaimRequest request, CancellationToken ct);

    /// <summary>The statement of <see cref="IMessageStore.ListDueAsync"/>; its parameter is Until.</summary>
    string DueSql { get; }

    /// <summary>
    /// The messages that exist, locked until the transaction ends so that what is decided on them holds. Locks are taken in order of key, so
    /// that two batches with the same messages never wait for each other.
    /// </summary>
    Task<IReadOnlyList<MessageProgress>> LockAsync(DbTransaction transaction, IReadOnlyCollection<MessageKey> keys, CancellationToken ct);

    /// <summary>Whether locks cost anything, so that doing without is worth doing some batches twice.</summary>
    bool HasLocks { get; }

    /// <summary>The same without locks, in any order; whether they were still so is found out by <see cref="WriteAsync"/>.</summary>
    Task<IReadOnlyList<MessageProgress>> ReadAsync(DbTransaction transaction, IReadOnlyCollection<MessageKey> keys, CancellationToken ct);

    /// <summary>
    /// Writes messages back that were locked or read in this transaction. False when one of those that were only read has changed since: then nothing
    /// of the transaction may be committed.
    /// </summary>
    Task<bool> WriteAsync(DbTransaction transaction, IReadOnlyList<MessageProgress> messages, CancellationToken ct);

    /// <summary>Which messages have these ids of Meta; those of no message are absent.</summary>
    Task<IReadOnlyDictionary<WamidKey, MessageId>> FindAsync(
        DbTransaction transaction, IReadOnlyCollection<WamidKey> wamids, CancellationToken ct);

    /// <summary>Closes attempts in the journal that are open or unknown and belong to the epoch.</summary>
    Task CloseAsync(DbTransaction transaction, IReadOnlyList<AttemptEnd> attempts, CancellationToken ct);
}

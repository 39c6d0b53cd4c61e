using System.Data.Common;

namespace Herald.Storage.Messages;

/// <summary>Queues free-form messages inside a transaction of some store.</summary>
internal static class MessageInserts
{
    /// <summary>Adds messages whose dedupe key is new and signals their senders' queues. How many.</summary>
    public static async Task<int> EnqueueAsync(
        IDatabase database, DbTransaction transaction, IReadOnlyList<NewMessage> messages, CancellationToken ct)
    {
        var added = 0;
        foreach (var message in messages)
            added += await transaction.ExecuteAsync(MessageSql.Enqueue, message, ct);
        if (added > 0)
        {
            foreach (var queue in messages.Select(message => SignalChannels.Queue(message.TenantId, message.SenderId)).Distinct())
                await database.NotifyAsync(transaction, SignalChannels.QueueChannel, queue, ct);
        }
        return added;
    }
}

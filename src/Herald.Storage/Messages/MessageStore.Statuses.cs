using System.Data.Common;
using System.Text.Json;
using Herald.Domain;
using Herald.Domain.Messages;

namespace Herald.Storage.Messages;

/// <summary>What Meta's webhooks say of messages.</summary>
internal sealed partial class MessageStore
{
    private const string NoteFailedPostgreSql =
        """
        UPDATE message_attempts a SET fail_time = r.fail_time, fail_code = r.fail_code, retry_time = r.retry_time
        FROM json_to_recordset(CAST(@Rows AS json)) AS r (tenant uuid, message uuid, attempt smallint, fail_time bigint, fail_code integer, retry_time bigint)
        WHERE a.tenant_id = r.tenant AND a.message_id = r.message AND a.attempt = r.attempt
        """;

    private const string NoteFailedSqlite =
        """
        UPDATE message_attempts SET fail_time = r.fail_time, fail_code = r.fail_code, retry_time = r.retry_time
        FROM (SELECT value ->> 'tenant' AS tenant, value ->> 'message' AS message, value ->> 'attempt' AS attempt, value ->> 'fail_time' AS fail_time,
                value ->> 'fail_code' AS fail_code, value ->> 'retry_time' AS retry_time
              FROM json_each(@Rows)) r
        WHERE message_attempts.tenant_id = r.tenant AND message_attempts.message_id = r.message AND message_attempts.attempt = r.attempt
        """;

    private readonly string _noteFailedSql = dialect.Pick(NoteFailedPostgreSql, NoteFailedSqlite);

    public Task<int> ApplyStatusesAsync(IReadOnlyList<StatusUpdate> updates, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(updates);
        CheckBatch(updates.Count);
        return updates.Count == 0
            ? Task.FromResult(0)
            : MoveAsync(updates.All(update => update.RetryAt is null), (transaction, locks) => ApplyAsync(transaction, locks, updates, ct), ct);
    }

    private async Task<int> ApplyAsync(DbTransaction transaction, bool locks, IReadOnlyList<StatusUpdate> updates, CancellationToken ct)
    {
        var wamids = updates.Where(update => update.MessageId is null).Select(update => new WamidKey(update.TenantId, update.Wamid)).ToHashSet();
        var found = await batches.FindAsync(transaction, wamids, ct);

        var addressed = new List<(MessageKey Key, StatusUpdate Update)>(updates.Count);
        foreach (var update in updates)
        {
            if (update.MessageId is { } id)
                addressed.Add((new MessageKey(update.TenantId, id), update));
            else if (found.TryGetValue(new WamidKey(update.TenantId, update.Wamid), out var foundId))
                addressed.Add((new MessageKey(update.TenantId, foundId), update));
        }
        var messages = await ReadAsync(transaction, locks, addressed.Select(pair => pair.Key).ToHashSet(), ct);
        var retried = addressed.Where(pair => messages.TryGetValue(pair.Key, out var message) && message.IsRetriedBy(pair.Update)).Select(pair => pair.Key);
        var ended = await ReopenCampaignsAsync(transaction, retried.ToList(), messages, ct);
        var claimed = messages.Values.Where(message => message.State == MessageState.Claimed).ToList();
        foreach (var (key, update) in addressed)
        {
            if (messages.TryGetValue(key, out var message))
                message.Apply(update, canGoOn: message.CampaignId is not { } campaign || !ended.Contains((key.TenantId, campaign)));
        }
        await WriteChangedAsync(transaction, locks, messages.Values, ct);
        await CloseOvertakenAsync(transaction, claimed.Where(message => message.State != MessageState.Claimed), addressed, ct);
        await NoteFailedAsync(transaction, [.. messages.Values.Where(message => message.PutOffBy is not null)], ct);
        await SignalRetriesAsync(transaction, addressed.Any(pair => pair.Update.RetryAt is not null), ct);
        return addressed.Count(pair => messages.TryGetValue(pair.Key, out var message) && message.IsChanged);
    }

    /// <summary>
    /// The status came before the answer. If the answer never comes, because its node died, no claim is left that runs out: the attempt ends here
    /// as unknown. If it does come, it says what it was, as for every attempt that ended so.
    /// </summary>
    private Task CloseOvertakenAsync(
        DbTransaction transaction, IEnumerable<MessageProgress> overtaken, List<(MessageKey Key, StatusUpdate Update)> updates, CancellationToken ct)
    {
        var ended = overtaken.ToList();
        if (ended.Count == 0)
            return Task.CompletedTask;
        var lastTold = new Dictionary<MessageKey, DateTimeOffset>(updates.Count);
        foreach (var (key, update) in updates)
            lastTold[key] = lastTold.TryGetValue(key, out var told) && told > update.Time ? told : update.Time;
        return batches.CloseAsync(
            transaction,
            [.. ended.Select(message => new AttemptEnd(
                message.TenantId, message.MessageId, message.Attempts, message.ClaimEpoch ?? 0, AttemptOutcome.Unknown, 0,
                lastTold[new MessageKey(message.TenantId, message.MessageId)]))],
            ct);
    }

    /// <summary>The journal tells which attempts failed after they were taken: the message's own row keeps one failure only.</summary>
    private async Task NoteFailedAsync(DbTransaction transaction, IReadOnlyList<MessageProgress> failed, CancellationToken ct)
    {
        if (failed.Count == 0)
            return;
        var rows = failed.Select(message => new
        {
            tenant = message.TenantId.Value.ToString("D").ToUpperInvariant(),
            message = message.MessageId.Value.ToString("D").ToUpperInvariant(),
            attempt = message.Attempts,
            fail_time = Micros.FromTime(message.PutOffBy!.Time),
            fail_code = message.PutOffBy.ErrorCode,
            retry_time = Micros.FromTime(message.DueTime),
        });
        await transaction.ExecuteAsync(_noteFailedSql, new { Rows = JsonSerializer.Serialize(rows) }, ct);
    }
}

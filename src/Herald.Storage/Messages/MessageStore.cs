using System.Data.Common;
using Herald.Domain;
using Herald.Domain.Campaigns;
using Herald.Domain.Contacts;
using Herald.Domain.Messages;
using Herald.Domain.Tenants;
using Herald.Storage.Consents;

namespace Herald.Storage.Messages;

internal sealed partial class MessageStore(IDatabase database, IMessageBatches batches, IDialect dialect) : IMessageStore
{
    private const int BatchMax = 5_000;

    private const string GetSql = $"SELECT {MessageSql.Columns} FROM messages m WHERE m.tenant_id = @TenantId AND m.message_id = @MessageId";

    // 0 stands for any.
    private const string Matches =
        """
        (@State = 0 OR m.state = @State) AND (@Code = 0 OR m.error_code = @Code) AND (@Reason = 0 OR m.suppression_reason = @Reason)
          AND m.create_time >= @CreatedFrom AND m.create_time < @CreatedBefore
        """;

    // Ids stand in order of time, so what was made within a time lies between two of them; create_time, which no index has, tells exactly.
    internal const string ListSql =
        $"""
        SELECT {MessageSql.Columns} FROM messages m
        WHERE m.tenant_id = @TenantId AND m.message_id > @After AND m.message_id < @Before AND {Matches}
        ORDER BY m.message_id LIMIT @PageSize
        """;

    private const string ListByContactSql =
        $"""
        SELECT {MessageSql.Columns} FROM messages m
        WHERE m.tenant_id = @TenantId AND m.contact_id = @ContactId AND m.message_id > @After AND m.message_id < @Before AND {Matches}
        ORDER BY m.message_id LIMIT @PageSize
        """;

    // Goes by contact, of which a campaign has at most one message each, because the index does.
    private const string ListByCampaignSql =
        $"""
        SELECT {MessageSql.Columns} FROM messages m
        WHERE m.tenant_id = @TenantId AND m.campaign_id = @CampaignId AND m.campaign_id IS NOT NULL AND m.contact_id > @AfterContact
          AND {Matches}
        ORDER BY m.contact_id LIMIT @PageSize
        """;

    private const string OneOfCampaignSql =
        $"""
        SELECT {MessageSql.Columns} FROM messages m
        WHERE m.tenant_id = @TenantId AND m.campaign_id = @CampaignId AND m.campaign_id IS NOT NULL AND m.contact_id = @ContactId
          AND m.message_id > @After AND {Matches}
        LIMIT @PageSize
        """;

    private const string ListAttemptsSql =
        """
        SELECT attempt, node, epoch, start_time, end_time, outcome, error_code, latency_ms, retry_time, fail_time, fail_code
        FROM message_attempts
        WHERE tenant_id = @TenantId AND message_id = @MessageId ORDER BY attempt
        """;

    private const string FindByWamidSql =
        $"SELECT {MessageSql.Columns} FROM messages m WHERE m.tenant_id = @TenantId AND m.wamid = @Wamid ORDER BY m.message_id LIMIT 1";

    // State 20 is Claimed.
    private const string AnyClaimedSql =
        $"""
        SELECT 1
        FROM messages m LEFT JOIN templates p ON p.tenant_id = m.tenant_id AND p.template_id = m.template_id
        WHERE m.tenant_id = @TenantId AND m.state + 0 = 20 AND {ConsentSql.Class} = @Class AND m.contact_id
        """;

    /// <summary>
    /// How far the time in a message's id may be from its create time, which the same node tells a moment before or after: a clock that was put back lets
    /// ids run ahead until it has caught up.
    /// </summary>
    private static readonly TimeSpan IdDriftMax = TimeSpan.FromMinutes(10);

    private readonly string _anyClaimedSql = AnyClaimedSql + dialect.Pick(SqlText.InIdsPostgreSql, SqlText.InIdsSqlite) + " LIMIT 1";

    public Task<int> EnqueueAsync(IReadOnlyList<NewMessage> messages, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(messages);
        return database.WriteAsync((_, transaction) => MessageInserts.EnqueueAsync(database, transaction, messages, ct), ct);
    }

    public Task<ClaimResult> ClaimAsync(ClaimRequest request, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentOutOfRangeException.ThrowIfLessThan(request.Limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(request.Limit, BatchMax);
        return database.WriteAsync((_, transaction) => batches.ClaimAsync(transaction, request, ct), ct);
    }

    public async Task<bool> AnyClaimedAsync(
        TenantId tenant, IReadOnlyCollection<ContactId> contacts, MessageClass messageClass, CancellationToken ct) =>
        await database.FindAsync<int?>(_anyClaimedSql, new { TenantId = tenant, Ids = IdSet.Of(contacts), Class = messageClass }, ct) is not null;

    public Task<IReadOnlyList<SenderDue>> ListDueAsync(DateTimeOffset until, CancellationToken ct) =>
        database.ListAsync<SenderDue>(batches.DueSql, new { Until = until }, ct);

    public Task<MessageRow?> GetAsync(TenantId tenant, MessageId message, CancellationToken ct) =>
        database.FindAsync<MessageRow>(GetSql, new { TenantId = tenant, MessageId = message }, ct);

    public Task<IReadOnlyList<MessageRow>> ListAsync(
        TenantId tenant, CampaignId? campaign, ContactId? contact, MessageState? state, MessageId? after, int pageSize, CancellationToken ct) =>
        ListAsync(tenant, new MessageFilter { Campaign = campaign, Contact = contact, State = state }, after, pageSize, ct);

    public async Task<IReadOnlyList<MessageRow>> ListAsync(TenantId tenant, MessageFilter filter, MessageId? after, int pageSize, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(filter);
        var afterContact = default(ContactId);
        if (filter is { Campaign: not null, Contact: null } && after is { } last)
        {
            var row = await GetAsync(tenant, last, ct);
            if (row is null)
                return [];
            afterContact = row.ContactId;
        }
        var sql = (filter.Campaign, filter.Contact) switch
        {
            (null, null) => ListSql,
            (null, _) => ListByContactSql,
            (_, null) => ListByCampaignSql,
            _ => OneOfCampaignSql,
        };
        return await database.ListAsync<MessageRow>(sql, new
        {
            TenantId = tenant,
            CampaignId = filter.Campaign ?? default,
            ContactId = filter.Contact ?? default,
            State = filter.State ?? 0,
            Code = filter.ErrorCode ?? 0,
            Reason = filter.SuppressionReason ?? 0,
            After = Greatest(after?.Value ?? default, filter.CreatedFrom is { } from ? UuidV7.FloorOf(Shift(from, -IdDriftMax)) : default),
            Before = filter.CreatedBefore is { } before ? UuidV7.FloorOf(Shift(before, IdDriftMax)) : StoreQueries.IdMax,
            AfterContact = afterContact,
            CreatedFrom = filter.CreatedFrom ?? DateTimeOffset.MinValue,
            CreatedBefore = filter.CreatedBefore ?? DateTimeOffset.MaxValue,
            PageSize = pageSize,
        }, ct);
    }

    private static Guid Greatest(Guid one, Guid other) => one.CompareTo(other) > 0 ? one : other;

    /// <summary>Moved, but not beyond the first and the last time that there are.</summary>
    private static DateTimeOffset Shift(DateTimeOffset time, TimeSpan by) =>
        new(Math.Clamp(time.UtcTicks + by.Ticks, DateTimeOffset.MinValue.UtcTicks, DateTimeOffset.MaxValue.UtcTicks), TimeSpan.Zero);

    public Task<IReadOnlyList<AttemptRow>> ListAttemptsAsync(TenantId tenant, MessageId message, CancellationToken ct) =>
        database.ListAsync<AttemptRow>(ListAttemptsSql, new { TenantId = tenant, MessageId = message }, ct);

    public Task<MessageRow?> FindByWamidAsync(TenantId tenant, string wamid, CancellationToken ct) =>
        database.FindAsync<MessageRow>(FindByWamidSql, new { TenantId = tenant, Wamid = wamid }, ct);

    public Task<MessageRow?> LastCampaignMessageAsync(TenantId tenant, ContactId contact, DateTimeOffset since, CancellationToken ct) =>
        database.FindAsync<MessageRow>(MessageSql.LastOfCampaigns, new { TenantId = tenant, ContactId = contact, Since = since }, ct);

    private static void CheckBatch(int count) => ArgumentOutOfRangeException.ThrowIfGreaterThan(count, BatchMax);

    private static Dictionary<MessageKey, MessageProgress> ByKey(IReadOnlyList<MessageProgress> messages) =>
        messages.ToDictionary(message => new MessageKey(message.TenantId, message.MessageId));

    /// <summary>
    /// Moves messages in one transaction. What usually happens needs no locks: that each message is still as it was read is part of the write. When one is
    /// not, or stays as it is so that no write can tell, all is done again under locks.
    /// </summary>
    private async Task<int> MoveAsync(bool isUsual, Func<DbTransaction, bool, Task<int>> move, CancellationToken ct)
    {
        var locks = !isUsual || !batches.HasLocks;
        try
        {
            return await database.WriteAsync((_, transaction) => move(transaction, locks), ct);
        }
        catch (ReadTooEarlyException) when (!locks)
        {
            return await database.WriteAsync((_, transaction) => move(transaction, true), ct);
        }
    }

    private async Task<Dictionary<MessageKey, MessageProgress>> ReadAsync(
        DbTransaction transaction, bool locks, IReadOnlyCollection<MessageKey> keys, CancellationToken ct) =>
        ByKey(locks ? await batches.LockAsync(transaction, keys, ct) : await batches.ReadAsync(transaction, keys, ct));

    private async Task WriteChangedAsync(DbTransaction transaction, bool locks, IReadOnlyCollection<MessageProgress> messages, CancellationToken ct)
    {
        var changed = messages.Where(message => message.IsChanged).ToList();
        if (!locks && changed.Count < messages.Count)
            throw new ReadTooEarlyException();
        if (changed.Count > 0 && !await batches.WriteAsync(transaction, changed, ct))
            throw locks ? new InvalidOperationException("A message changed although it was locked.") : new ReadTooEarlyException();
        await ForgetErasedAsync(transaction, changed, ct);
    }

    /// <summary>What was read without locks may have changed since; nothing was written.</summary>
    private sealed class ReadTooEarlyException : Exception;
}

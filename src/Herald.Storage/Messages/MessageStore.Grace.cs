using System.Data.Common;
using Herald.Domain.Campaigns;
using Herald.Domain.Messages;
using Herald.Domain.Tenants;

namespace Herald.Storage.Messages;

/// <summary>What follows an attempt long after it: the end of a grace time, and campaigns that go on for a message that goes once more.</summary>
internal sealed partial class MessageStore
{
    // State 25 is Unknown, whose due time is when it became that; outcome 3 is Unknown.
    private const string ListUnknownSql =
        """
        SELECT m.tenant_id, m.message_id, m.class, m.expire_time, COUNT(a.attempt) AS unknown_attempts
        FROM (
          SELECT tenant_id, message_id, class, expire_time, due_time FROM messages
          WHERE queue_stage = 25 AND due_time <= @Before ORDER BY due_time LIMIT @Limit
        ) m
        LEFT JOIN message_attempts a ON a.tenant_id = m.tenant_id AND a.message_id = m.message_id AND a.outcome = 3
        GROUP BY m.tenant_id, m.message_id, m.class, m.expire_time, m.due_time
        ORDER BY m.due_time, m.message_id
        """;

    // State 4 is Running, 6 is Completed.
    private const string ReopenSql =
        """
        UPDATE campaigns SET state = 4, end_time = NULL, version = version + 1
        WHERE tenant_id = @TenantId AND campaign_id = @CampaignId AND state = 6
        """;

    // A campaign that has ended keeps nobody from deleting its template; held, so that this does not happen while it runs again.
    private const string TemplateOfSql =
        """
        SELECT 1 FROM campaigns k JOIN templates t ON t.tenant_id = k.tenant_id AND t.template_id = k.template_id
        WHERE k.tenant_id = @TenantId AND k.campaign_id = @CampaignId
        """;

    private readonly string _holdTemplateSql = dialect.Pick(TemplateOfSql + " FOR SHARE OF t", TemplateOfSql);

    // Written right after, so it is not only shared: two that share it would wait for each other.
    private readonly string _holdCampaignSql = dialect.Pick(CampaignStateSql + " FOR UPDATE", CampaignStateSql);

    // Read before the statement it can only be too early, so that no grace time is cut short.
    public async Task<IReadOnlyList<UnknownMessage>> ListUnknownAsync(TimeSpan grace, int limit, CancellationToken ct) =>
        await database.ListAsync<UnknownMessage>(ListUnknownSql, new { Before = await database.NowAsync(ct) - grace, Limit = limit }, ct);

    public async Task<int> EndGraceAsync(IReadOnlyList<GraceEnd> ends, TimeSpan grace, DateTimeOffset now, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(ends);
        CheckBatch(ends.Count);
        if (ends.Count == 0)
            return 0;
        var before = await database.NowAsync(ct) - grace;
        return await database.WriteAsync((_, transaction) => EndGraceAsync(transaction, ends, before, now, ct), ct);
    }

    private async Task<int> EndGraceAsync(
        DbTransaction transaction, IReadOnlyList<GraceEnd> ends, DateTimeOffset before, DateTimeOffset now, CancellationToken ct)
    {
        var messages = await ReadAsync(transaction, locks: true, ends.Select(KeyOf).ToHashSet(), ct);
        var due = ends.Where(end => messages.TryGetValue(KeyOf(end), out var message) && message.State == MessageState.Unknown && message.DueTime <= before)
            .ToList();
        var ended = await ReopenCampaignsAsync(transaction, due.Where(end => end.GoesOnceMore).Select(KeyOf).ToList(), messages, ct);
        foreach (var end in due)
        {
            var message = messages[KeyOf(end)];
            message.EndGrace(
                end.GoesOnceMore && message.CanBeMade && !(message.CampaignId is { } campaign && ended.Contains((end.TenantId, campaign))), now);
        }
        await WriteChangedAsync(transaction, locks: true, messages.Values, ct);
        await SignalRetriesAsync(transaction, due.Any(end => end.GoesOnceMore), ct);
        return due.Count;
    }

    /// <summary>
    /// Of the campaigns of messages that are to go once more, completed ones whose templates still exist run again; which have ended for good. Held until the commit, so that none
    /// ends between this look and the message that is queued because of it.
    /// </summary>
    private async Task<HashSet<(TenantId, CampaignId)>> ReopenCampaignsAsync(
        DbTransaction transaction, IReadOnlyList<MessageKey> keys, Dictionary<MessageKey, MessageProgress> messages, CancellationToken ct)
    {
        var ended = new HashSet<(TenantId, CampaignId)>();
        foreach (var (tenant, campaign) in CampaignsOf(keys, messages))
        {
            var id = new { TenantId = tenant, CampaignId = campaign };
            var state = await transaction.FindAsync<CampaignState?>(_holdCampaignSql, id, ct);
            if (state == CampaignState.Completed && await transaction.FindAsync<int?>(_holdTemplateSql, id, ct) is not null)
            {
                await transaction.ExecuteAsync(ReopenSql, id, ct);
                await database.NotifyAsync(transaction, SignalChannels.CampaignChannel, SignalChannels.Campaign(tenant, campaign), ct);
            }
            else if (state is null or CampaignState.Completed or CampaignState.Cancelled or CampaignState.Failed)
            {
                ended.Add((tenant, campaign));
            }
        }
        return ended;
    }

    private static MessageKey KeyOf(GraceEnd end) => new(end.TenantId, end.MessageId);
}

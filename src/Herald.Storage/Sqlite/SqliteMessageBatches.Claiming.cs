using System.Data.Common;
using Herald.Domain.Campaigns;
using Herald.Domain.Messages;
using Herald.Storage.Consents;
using Herald.Storage.Leases;
using Herald.Storage.Messages;

namespace Herald.Storage.Sqlite;

internal sealed partial class SqliteMessageBatches
{
    private const string LeaseSql =
        $"""
        SELECT {ClaimSql.MaySend}
        FROM leases l
        {ClaimSql.MaySendJoins}
        WHERE l.lease_name = @LeaseName AND l.node = @Node AND l.epoch = @Epoch
        """;

    private const string RunningSql =
        $"SELECT campaign_id FROM campaigns k WHERE tenant_id = @TenantId AND sender_id = @SenderId AND {ClaimSql.IsClaimable}";

    private const string PickHead =
        """
        SELECT message_id, class FROM messages
        WHERE tenant_id = @TenantId AND sender_id = @SenderId AND queue_stage = 10 AND state = 10 AND class <= @LastClass AND due_time <= @Now AND campaign_id
        """;

    private const string PickTail = " ORDER BY class, due_time, message_id LIMIT @Limit";

    private const string PickRepliesSql = PickHead + " IS NULL" + PickTail;

    private const string PickOfCampaignSql = PickHead + " = @CampaignId" + PickTail;

    // State 10 is Queued, 20 is Claimed, 70 is Suppressed, 71 is Failed, 72 is Expired. Materialized and by rowid, because SQLite would otherwise scan all messages for it.
    private const string WriteClaimSql =
        $"""
        WITH verdict AS MATERIALIZED (
          SELECT m.rowid AS id, {ConsentSql.Class} AS class, {ClaimVerdict.Sql} AS reason, {ClaimSql.TemplateCode} AS code,
            {ClaimVerdict.HoldUntil} AS held_until
          FROM json_each(@Ids) i
          CROSS JOIN messages m ON m.tenant_id = @TenantId AND m.message_id = i.value
          {ClaimVerdict.Joins}
        ), v AS MATERIALIZED (
          SELECT id, class, reason, code, held_until,
            CASE WHEN reason = -1 THEN 72 WHEN reason <> 0 THEN 70 WHEN code <> 0 THEN 71
              WHEN held_until IS NOT NULL OR class > @LastClass THEN 10 ELSE 20 END AS next_state
          FROM verdict
        )
        UPDATE messages AS m
        SET state = v.next_state, class = v.class,
            suppression_reason = CASE v.next_state WHEN 70 THEN v.reason ELSE 0 END,
            error_code = CASE v.next_state WHEN 71 THEN v.code ELSE error_code END,
            error_detail = CASE v.next_state WHEN 71 THEN {ClaimSql.TemplateDetail} WHEN 72 THEN {ClaimSql.LateDetail} ELSE error_detail END,
            content = CASE WHEN v.next_state IN (10, 20) THEN content END,
            due_time = CASE WHEN v.next_state = 10 AND v.held_until IS NOT NULL THEN v.held_until ELSE due_time END,
            contact_hold_time = CASE WHEN v.next_state = 10 AND v.held_until IS NOT NULL THEN @Now ELSE contact_hold_time END,
            contact_hold_until = CASE WHEN v.next_state = 10 AND v.held_until IS NOT NULL THEN v.held_until ELSE contact_hold_until END,
            attempts = attempts + CASE v.next_state WHEN 20 THEN 1 ELSE 0 END,
            claim_node = CASE v.next_state WHEN 20 THEN @Node ELSE claim_node END,
            claim_epoch = CASE v.next_state WHEN 20 THEN @Epoch ELSE claim_epoch END,
            claim_expire_time = CASE v.next_state WHEN 20 THEN @ExpireTime END,
            claim_time = CASE v.next_state WHEN 20 THEN @Now ELSE claim_time END,
            end_time = CASE WHEN v.next_state IN (10, 20) THEN NULL ELSE @Now END
        FROM v
        WHERE m.rowid = v.id
        """;

    private const string JournalSql =
        """
        INSERT INTO message_attempts (tenant_id, message_id, attempt, node, epoch, start_time, outcome, error_code)
        SELECT m.tenant_id, m.message_id, m.attempts, @Node, @Epoch, @Now, 0, 0
        FROM json_each(@Ids) i CROSS JOIN messages m ON m.tenant_id = @TenantId AND m.message_id = i.value
        WHERE m.state = 20
        """;

    private const string KeepClaimSql =
        """
        INSERT INTO claims (tenant_id, sender_id, epoch, expire_time, message_ids)
        SELECT @TenantId, @SenderId, @Epoch, @ExpireTime, json_group_array(m.message_id)
        FROM json_each(@Ids) i CROSS JOIN messages m ON m.tenant_id = @TenantId AND m.message_id = i.value
        WHERE m.state = 20
        HAVING COUNT(*) > 0
        """;

    private const string ReadClaimSql =
        """
        SELECT m.message_id, m.campaign_id, m.contact_id, m.class, m.attempts AS attempt, m.template_id, m.content, c.phone, c.user_id,
          COALESCE(c.display_name, '') AS display_name, COALESCE(c.language, '') AS language, COALESCE(c.attributes, '{}') AS attributes,
          k.parameters AS campaign_parameters
        FROM json_each(@Ids) i
        CROSS JOIN messages m ON m.tenant_id = @TenantId AND m.message_id = i.value
        LEFT JOIN contacts c ON c.tenant_id = m.tenant_id AND c.contact_id = m.contact_id
        LEFT JOIN campaigns k ON k.tenant_id = m.tenant_id AND k.campaign_id = m.campaign_id
        WHERE m.state = 20
        ORDER BY i.key
        """;

    private const string CountHeldSql =
        """
        SELECT COUNT(*) FROM json_each(@Ids) i CROSS JOIN messages m ON m.tenant_id = @TenantId AND m.message_id = i.value WHERE m.state = 10
        """;

    private const string DueSql =
        $"""
        WITH RECURSIVE waiting (tenant_id, sender_id) AS (
          SELECT tenant_id, sender_id FROM (
            SELECT tenant_id, sender_id FROM messages WHERE queue_stage = 10 ORDER BY tenant_id, sender_id LIMIT 1)
          UNION ALL
          SELECT n.tenant_id, n.sender_id
          FROM waiting w CROSS JOIN messages n ON n.rowid = (
            SELECT q.rowid FROM messages q
            WHERE q.queue_stage = 10 AND (q.tenant_id, q.sender_id) > (w.tenant_id, w.sender_id)
            ORDER BY q.tenant_id, q.sender_id LIMIT 1)
        )
        {ClaimSql.DueOfWaiting}
        """;

    string IMessageBatches.DueSql => DueSql;

    public async Task<ClaimResult> ClaimAsync(DbTransaction transaction, ClaimRequest request, CancellationToken ct)
    {
        var lease = new
        {
            LeaseName = LeaseNames.Sender(request.TenantId, request.SenderId),
            request.Node,
            request.Epoch,
            request.TenantId,
            request.SenderId,
        };
        if (await transaction.FindAsync<int?>(LeaseSql, lease, ct) is not { } maySend)
            return ClaimResult.Lost;
        if (maySend == 0)
            return ClaimResult.Nothing(senderStopped: true);

        var lastClass = ClaimSql.LastClass(maySend);
        var picked = await PickAsync(transaction, request, lastClass, ct);
        if (picked.Count == 0)
            return ClaimResult.Nothing(senderStopped: false);

        var portfolio = (maySend & ClaimSql.IsLimited) != 0 ? await portfolios.LockAsync(transaction, request, ct) : null;
        var postponed = await portfolios.HoldBackAsync(transaction, request, portfolio, picked, lastClass, ct);
        picked.RemoveAll(postponed.Contains);
        var claim = new
        {
            request.TenantId,
            request.SenderId,
            Ids = IdSet.Of(picked),
            request.Node,
            request.Epoch,
            request.Now,
            WindowSince = request.Now - ServiceWindow.Duration,
            LastClass = lastClass,
            ExpireTime = time.GetUtcNow() + request.Duration,
        };
        await transaction.ExecuteAsync(WriteClaimSql, claim, ct);
        await transaction.ExecuteAsync(JournalSql, claim, ct);
        await transaction.ExecuteAsync(KeepClaimSql, claim, ct);
        var claimed = await transaction.ListAsync<ClaimedMessage>(ReadClaimSql, claim, ct);
        var held = claimed.Count == picked.Count ? 0 : await transaction.FindAsync<int>(CountHeldSql, claim, ct);
        return new ClaimResult
        {
            LeaseLost = false,
            Messages = claimed,
            Suppressed = picked.Count - claimed.Count - held,
            Postponed = postponed.Count + held,
        };
    }

    private static async Task<List<MessageId>> PickAsync(
        DbTransaction transaction, ClaimRequest request, MessageClass lastClass, CancellationToken ct)
    {
        var due = InTurn(default, await transaction.ListAsync<Due>(
            PickRepliesSql, new { request.TenantId, request.SenderId, request.Now, request.Limit, LastClass = lastClass }, ct)).ToList();
        foreach (var campaign in await transaction.ListAsync<CampaignId>(RunningSql, new { request.TenantId, request.SenderId }, ct))
        {
            due.AddRange(InTurn(campaign, await transaction.ListAsync<Due>(
                PickOfCampaignSql, new { request.TenantId, request.SenderId, request.Now, request.Limit, LastClass = lastClass, CampaignId = campaign }, ct)));
        }
        var after = (request.After ?? default).ToString();
        return [.. due
            .OrderBy(message => message.Class)
            .ThenBy(message => message.Place)
            .ThenBy(message => string.CompareOrdinal(message.Campaign, after) <= 0)
            .ThenBy(message => message.Campaign, StringComparer.Ordinal)
            .Take(request.Limit)
            .Select(message => message.MessageId)];
    }

    /// <summary>Messages in order of class, due time and id, with their places among those of their class.</summary>
    private static IEnumerable<Turn> InTurn(CampaignId campaign, IReadOnlyList<Due> messages) => messages
        .GroupBy(message => message.Class)
        .SelectMany(ofClass => ofClass.Select((message, turn) => new Turn(message.MessageId, ofClass.Key, turn, campaign.ToString())));

    private sealed record Turn(MessageId MessageId, MessageClass Class, int Place, string Campaign);

    private sealed class Due
    {
        public MessageId MessageId { get; init; }

        public MessageClass Class { get; init; }
    }
}

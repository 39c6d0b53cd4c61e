using System.Data.Common;
using Herald.Domain.Campaigns;
using Herald.Domain.Messages;
using Herald.Storage.Consents;
using Herald.Storage.Leases;
using Herald.Storage.Messages;

namespace Herald.Storage.Sqlite;

internal sealed partial class SqliteMessageBatches
{
    private const string LeaseSql = "SELECT 1 FROM leases WHERE lease_name = @LeaseName AND node = @Node AND epoch = @Epoch";

    // Campaign state 4 is Running.
    private const string RunningSql = "SELECT campaign_id FROM campaigns WHERE tenant_id = @TenantId AND sender_id = @SenderId AND state = 4";

    private const string PickHead =
        """
        SELECT message_id, class, due_time FROM messages
        WHERE tenant_id = @TenantId AND sender_id = @SenderId AND state = 10 AND due_time <= @Now AND campaign_id
        """;

    private const string PickTail = " ORDER BY class, due_time, message_id LIMIT @Limit";

    private const string PickRepliesSql = PickHead + " IS NULL" + PickTail;

    private const string PickOfCampaignSql = PickHead + " = @CampaignId" + PickTail;

    // State 20 is Claimed, 70 is Suppressed. Materialized and by rowid, because SQLite would otherwise scan all messages for it.
    private const string WriteClaimSql =
        $"""
        WITH v AS MATERIALIZED (
          SELECT m.rowid AS id, {ConsentSql.SuppressionReason} AS reason
          FROM json_each(@Ids) i
          CROSS JOIN messages m ON m.tenant_id = @TenantId AND m.message_id = i.value
          {ConsentSql.SuppressionJoins}
        )
        UPDATE messages
        SET state = CASE v.reason WHEN 0 THEN 20 ELSE 70 END,
            suppression_reason = v.reason,
            content = CASE v.reason WHEN 0 THEN content END,
            attempts = attempts + CASE v.reason WHEN 0 THEN 1 ELSE 0 END,
            claim_node = CASE v.reason WHEN 0 THEN @Node ELSE claim_node END,
            claim_epoch = CASE v.reason WHEN 0 THEN @Epoch ELSE claim_epoch END,
            claim_expire_time = CASE v.reason WHEN 0 THEN @LeaseUntil END,
            claim_time = CASE v.reason WHEN 0 THEN @Now ELSE claim_time END,
            end_time = CASE v.reason WHEN 0 THEN NULL ELSE @Now END
        FROM v
        WHERE messages.rowid = v.id
        """;

    private const string JournalSql =
        """
        INSERT INTO message_attempts (tenant_id, message_id, attempt, node, epoch, start_time, outcome, error_code)
        SELECT m.tenant_id, m.message_id, m.attempts, @Node, @Epoch, @Now, 0, 0
        FROM json_each(@Ids) i CROSS JOIN messages m ON m.tenant_id = @TenantId AND m.message_id = i.value
        WHERE m.state = 20
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
        ORDER BY m.class, m.due_time, m.message_id
        """;

    public async Task<ClaimResult> ClaimAsync(DbTransaction transaction, ClaimRequest request, CancellationToken ct)
    {
        var lease = new { LeaseName = LeaseNames.Sender(request.TenantId, request.SenderId), request.Node, request.Epoch };
        if (await transaction.FindAsync<int?>(LeaseSql, lease, ct) is null)
            return new ClaimResult { LeaseLost = true, Messages = [], Suppressed = 0 };

        var picked = await PickAsync(transaction, request, ct);
        if (picked.Count == 0)
            return new ClaimResult { LeaseLost = false, Messages = [], Suppressed = 0 };

        var claim = new { request.TenantId, Ids = IdSet.Of(picked), request.Node, request.Epoch, request.Now, request.LeaseUntil };
        await transaction.ExecuteAsync(WriteClaimSql, claim, ct);
        await transaction.ExecuteAsync(JournalSql, claim, ct);
        var claimed = await transaction.ListAsync<ClaimedMessage>(ReadClaimSql, claim, ct);
        return new ClaimResult { LeaseLost = false, Messages = claimed, Suppressed = picked.Count - claimed.Count };
    }

    private static async Task<List<MessageId>> PickAsync(DbTransaction transaction, ClaimRequest request, CancellationToken ct)
    {
        var due = new List<Due>(await transaction.ListAsync<Due>(
            PickRepliesSql, new { request.TenantId, request.SenderId, request.Now, request.Limit }, ct));
        foreach (var campaign in await transaction.ListAsync<CampaignId>(RunningSql, new { request.TenantId, request.SenderId }, ct))
        {
            due.AddRange(await transaction.ListAsync<Due>(
                PickOfCampaignSql, new { request.TenantId, request.SenderId, request.Now, request.Limit, CampaignId = campaign }, ct));
        }
        return [.. due
            .OrderBy(message => message.Class).ThenBy(message => message.DueTime).ThenBy(message => message.MessageId.Value)
            .Take(request.Limit)
            .Select(message => message.MessageId)];
    }

    private sealed class Due
    {
        public MessageId MessageId { get; init; }

        public MessageClass Class { get; init; }

        public long DueTime { get; init; }
    }
}

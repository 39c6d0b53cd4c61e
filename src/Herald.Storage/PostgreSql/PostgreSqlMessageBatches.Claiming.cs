using System.Data.Common;
using Herald.Domain;
using Herald.Domain.Contacts;
using Herald.Domain.Messages;
using Herald.Storage.Consents;
using Herald.Storage.Leases;
using Herald.Storage.Messages;
using NpgsqlTypes;

namespace Herald.Storage.PostgreSql;

/// <remarks>
/// The claim at read committed, in one transaction:
/// 1. the lease row is locked FOR KEY SHARE, so that nobody takes the sender over before the commit, and a stale epoch finds nothing; the lease's
///    renewals go on beside it (see LeaseStore);
/// 2. due messages are picked and locked; locked ones are skipped, so two claimers share nothing and wait for nothing;
/// 3. where the sender's portfolio has a limit, the portfolio is locked, before any consent is: claims of its other senders may hold it;
/// 4. the tenant-wide consent rows of their contacts are locked FOR SHARE, waiting for events that are about to commit, and messages beyond the limit
///    are put off, see PortfolioGate;
/// 5. one statement, whose snapshot is taken after all locks are held, decides and writes. See ConsentStore for why this excludes an opt-out.
/// A row that does not exist can't be locked. Marketing without one is refused anyway. Utility needs none, so one is made for it first.
/// </remarks>
internal sealed partial class PostgreSqlMessageBatches
{
    private const string LeaseSql =
        $"""
        SELECT {ClaimSql.MaySend}, {PostgreSqlPlanner.ByKey}
        FROM leases l
        {ClaimSql.MaySendJoins}
        WHERE l.lease_name = @LeaseName AND l.node = @Node AND l.epoch = @Epoch
        FOR KEY SHARE OF l
        """;

    // Queue stage 10 is Queued or Claimed, state 10 is Queued: the index is read past what is in flight. Each campaign's part of it is read in order and
    // to @Limit rows at most; then each campaign gives its first message, then each its second, and the campaign behind the one that was served last begins.
    // The planner once took the whole queue's index for each picked row (1.2 s for 500 of 5,000). Hence every look by key is a LATERAL subquery.
    private const string PickSql =
        $"""
        WITH due AS (
          (SELECT {SqlText.TenantScope}::uuid AS campaign_id, class, due_time, message_id, ctid AS place FROM messages
           WHERE tenant_id = @TenantId AND sender_id = @SenderId AND campaign_id IS NULL AND queue_stage = 10 AND state = 10 AND class <= @LastClass AND due_time <= @Now
           ORDER BY class, due_time, message_id LIMIT @Limit)
          UNION ALL
          SELECT k.campaign_id, q.class, q.due_time, q.message_id, q.place
          FROM campaigns k CROSS JOIN LATERAL (
            SELECT class, due_time, message_id, ctid AS place FROM messages
            WHERE tenant_id = @TenantId AND sender_id = @SenderId AND campaign_id = k.campaign_id AND queue_stage = 10 AND state = 10 AND class <= @LastClass AND due_time <= @Now
            ORDER BY class, due_time, message_id LIMIT @Limit) q
          WHERE k.tenant_id = @TenantId AND k.sender_id = @SenderId AND {ClaimSql.IsClaimable}
        ), turns AS (
          SELECT campaign_id, class, message_id, place, row_number() OVER (PARTITION BY campaign_id, class ORDER BY due_time, message_id) AS turn
          FROM due
        ), picked AS MATERIALIZED (
          SELECT message_id, place, row_number() OVER (ORDER BY class, turn, campaign_id <= @After, campaign_id) AS seat
          FROM turns ORDER BY seat LIMIT @Limit
        )
        SELECT m.ctid AS place, m.message_id, m.contact_id, {ConsentSql.Class} AS class
        FROM picked d CROSS JOIN LATERAL (
          SELECT ctid, tenant_id, message_id, contact_id, class, template_id FROM messages
          WHERE ctid = d.place AND tenant_id = @TenantId AND message_id = d.message_id AND state + 0 = 10
          FOR UPDATE SKIP LOCKED) m
        LEFT JOIN templates p ON p.tenant_id = m.tenant_id AND p.template_id = m.template_id
        ORDER BY d.seat
        """;

    private const string EnsureConsentsSql =
        $"""
        INSERT INTO consents ({ConsentSql.Columns})
        SELECT @TenantId, k.contact_id, {SqlText.TenantScope}, 0, 0, 0, 0, 0, 0
        FROM unnest(@Contacts) AS k (contact_id)
        ORDER BY k.contact_id
        ON CONFLICT DO NOTHING
        """;

    private const string LockConsentsSql =
        $"""
        SELECT t.locked
        FROM (SELECT u.contact_id FROM unnest(@Contacts) AS u (contact_id) ORDER BY u.contact_id) k
        CROSS JOIN LATERAL (
          SELECT 1 AS locked FROM consents
          WHERE tenant_id = @TenantId AND contact_id = k.contact_id AND scope_id = {SqlText.TenantScope}
          FOR SHARE) t
        """;

    // State 10 is Queued, 20 is Claimed, 70 is Suppressed, 71 is Failed, 72 is Expired. A campaign that stopped since the pick keeps its messages, and
    // so does a template that changed its category: their consents were locked for the class that they had then. OFFSET 0 has reason and fate found out once a message, not once for each use of them.
    private const string WriteClaimSql =
        $"""
        WITH verdict AS (
          SELECT i.place, i.ordinality AS turn, i.class, {ClaimVerdict.Sql} AS reason, {ClaimSql.TemplateCode} AS code,
            {ClaimVerdict.HoldUntil} AS held_until,
            c.phone, c.user_id, COALESCE(c.display_name, '') AS display_name, COALESCE(c.language, '') AS language,
            COALESCE(c.attributes, '{"{}"}') AS attributes, k.parameters AS campaign_parameters
          FROM unnest(@Places::tid[], @Classes) WITH ORDINALITY AS i (place, class, ordinality)
          CROSS JOIN LATERAL (SELECT * FROM messages WHERE ctid = i.place OFFSET 0) m
          {ClaimVerdict.Joins}
          LEFT JOIN campaigns k ON k.tenant_id = m.tenant_id AND k.campaign_id = m.campaign_id
          WHERE (m.campaign_id IS NULL OR k.state = 4) AND {ConsentSql.Class} = i.class
          OFFSET 0
        ), fate AS (
          SELECT v.*, CASE WHEN v.reason = -1 THEN 72 WHEN v.reason <> 0 THEN 70 WHEN v.code <> 0 THEN 71
            WHEN v.held_until IS NOT NULL OR v.class > @LastClass THEN 10 ELSE 20 END AS next_state
          FROM verdict v
          OFFSET 0
        ), written AS (
          UPDATE messages m
          SET state = v.next_state, class = v.class,
              suppression_reason = CASE v.next_state WHEN 70 THEN v.reason ELSE 0 END,
              error_code = CASE v.next_state WHEN 71 THEN v.code ELSE m.error_code END,
              error_detail = CASE v.next_state WHEN 71 THEN {ClaimSql.TemplateDetail} WHEN 72 THEN {ClaimSql.LateDetail} ELSE m.error_detail END,
              content = CASE WHEN v.next_state IN (10, 20) THEN m.content END,
              due_time = CASE WHEN v.next_state = 10 AND v.held_until IS NOT NULL THEN v.held_until ELSE m.due_time END,
              contact_hold_time = CASE WHEN v.next_state = 10 AND v.held_until IS NOT NULL THEN @Now ELSE m.contact_hold_time END,
              contact_hold_until = CASE WHEN v.next_state = 10 AND v.held_until IS NOT NULL THEN v.held_until ELSE m.contact_hold_until END,
              attempts = m.attempts + CASE v.next_state WHEN 20 THEN 1 ELSE 0 END,
              claim_node = CASE v.next_state WHEN 20 THEN @Node ELSE m.claim_node END,
              claim_epoch = CASE v.next_state WHEN 20 THEN @Epoch ELSE m.claim_epoch END,
              claim_expire_time = CASE v.next_state WHEN 20 THEN {PostgreSqlText.NowMicros} + @Duration END,
              claim_time = CASE v.next_state WHEN 20 THEN @Now ELSE m.claim_time END,
              end_time = CASE WHEN v.next_state IN (10, 20) THEN NULL ELSE @Now END
          FROM fate v
          WHERE m.ctid = v.place
          RETURNING m.message_id, m.campaign_id, m.contact_id, m.class, m.state, m.attempts AS attempt, m.template_id, m.content,
            m.claim_expire_time, v.turn, v.phone, v.user_id, v.display_name, v.language, v.attributes, v.campaign_parameters
        ), journal AS (
          INSERT INTO message_attempts (tenant_id, message_id, attempt, node, epoch, start_time, outcome, error_code)
          SELECT @TenantId, message_id, attempt, @Node, @Epoch, @Now, 0, 0 FROM written WHERE state = 20
        ), claim AS (
          INSERT INTO claims (tenant_id, sender_id, epoch, expire_time, message_ids)
          SELECT @TenantId, @SenderId, @Epoch, MAX(claim_expire_time), array_agg(message_id) FROM written WHERE state = 20 HAVING COUNT(*) > 0
        )
        SELECT state, message_id, campaign_id, contact_id, class, attempt, template_id, content, phone, user_id, display_name, language,
          attributes, campaign_parameters
        FROM written
        ORDER BY turn
        """;

    private const string DueSql =
        $"""
        WITH RECURSIVE waiting (tenant_id, sender_id) AS (
          (SELECT tenant_id, sender_id FROM messages WHERE queue_stage = 10 ORDER BY tenant_id, sender_id LIMIT 1)
          UNION ALL
          SELECT n.tenant_id, n.sender_id
          FROM waiting w CROSS JOIN LATERAL (
            SELECT tenant_id, sender_id FROM messages
            WHERE queue_stage = 10 AND (tenant_id, sender_id) > (w.tenant_id, w.sender_id)
            ORDER BY tenant_id, sender_id LIMIT 1) n
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
        var picked = await transaction.ListAsync<Picked>(PickSql, new
        {
            request.TenantId,
            request.SenderId,
            request.Now,
            request.Limit,
            After = request.After ?? default,
            LastClass = lastClass,
        }, ct);
        if (picked.Count == 0)
            return ClaimResult.Nothing(senderStopped: false);

        var portfolio = (maySend & ClaimSql.IsLimited) != 0 ? await portfolios.LockAsync(transaction, request, ct) : null;
        await LockConsentsAsync(transaction, request, picked, ct);
        var postponed = await portfolios.HoldBackAsync(transaction, request, portfolio, [.. picked.Select(message => message.MessageId)], lastClass, ct);
        var decided = picked.Where(message => !postponed.Contains(message.MessageId)).ToList();
        var written = await transaction.ListAsync<MessageState, ClaimedMessage>(WriteClaimSql, "message_id", new
        {
            request.TenantId,
            request.SenderId,
            Places = PgArray.Places(decided, message => message.Place),
            Classes = PgArray.Numbers(decided, message => (int)message.Class),
            request.Node,
            request.Epoch,
            request.Now,
            WindowSince = request.Now - ServiceWindow.Duration,
            LastClass = lastClass,
            Duration = Micros.FromSpan(request.Duration),
        }, ct);
        List<ClaimedMessage> claimed = [.. written.Where(row => row.Item1 == MessageState.Claimed).Select(row => row.Item2)];
        var held = written.Count(row => row.Item1 == MessageState.Queued);
        return new ClaimResult
        {
            LeaseLost = false,
            Messages = claimed,
            Suppressed = written.Count - claimed.Count - held,
            Postponed = postponed.Count + held,
        };
    }

    private static async Task LockConsentsAsync(
        DbTransaction transaction, ClaimRequest request, IReadOnlyList<Picked> picked, CancellationToken ct)
    {
        var utility = picked.Where(message => message.Class == MessageClass.Utility).ToList();
        if (utility.Count > 0)
        {
            var contacts = PgArray.Uuids(utility.DistinctBy(message => message.ContactId), message => message.ContactId.Value);
            await transaction.ExecuteAsync(EnsureConsentsSql, new { request.TenantId, Contacts = contacts }, ct);
        }
        var bound = picked.Where(message => message.Class is MessageClass.Marketing or MessageClass.Utility).ToList();
        if (bound.Count > 0)
        {
            var contacts = PgArray.Uuids(bound.DistinctBy(message => message.ContactId), message => message.ContactId.Value);
            await transaction.ListAsync<int>(LockConsentsSql, new { request.TenantId, Contacts = contacts }, ct);
        }
    }

    private sealed class Picked
    {
        public NpgsqlTid Place { get; init; }

        public MessageId MessageId { get; init; }

        public ContactId ContactId { get; init; }

        public MessageClass Class { get; init; }
    }
}

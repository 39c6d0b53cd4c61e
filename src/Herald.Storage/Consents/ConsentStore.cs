using System.Data.Common;
using Herald.Domain.Campaigns;
using Herald.Domain.Consents;
using Herald.Domain.Contacts;
using Herald.Domain.Messages;
using Herald.Domain.Senders;
using Herald.Domain.Tenants;
using Herald.Storage.Messages;

namespace Herald.Storage.Consents;

/// <remarks>
/// How an opt-out and a claim exclude each other on PostgreSQL, where both run at read committed (on SQLite writers take turns):
/// every event first writes the contact's tenant-wide row, whatever its scope is, and so holds that row's lock until it commits. A claim locks
/// the same row FOR SHARE before the statement that decides and claims. If the event came first, the claim waits for its commit, and
/// the deciding statement, whose snapshot is taken after the wait, sees the revoke. If the claim came first, the event waits for the
/// claim's commit: the message was claimed before the revoke was. There is no third order.
/// Waiting runs in one direction only: a claim holds messages while it waits for projections; an event holds a projection and skips messages that are
/// locked (SKIP LOCKED), so it never waits for one. What it skips is about to be decided by a claim that waits for this very commit, or is being made due, see
/// PortfolioStore, so that a claim decides it next. A revoke that is shared with the same person's other contacts first holds all their tenant-wide rows, in
/// ascending order of id, as a claim takes them.
/// </remarks>
internal sealed class ConsentStore(IDatabase database, IDialect dialect) : IConsentStore
{
    private static readonly TimeSpan AttributionSpan = TimeSpan.FromDays(7);

    private const string EventColumns =
        """
        tenant_id, contact_id, event_id, purpose, action, scope_id, source, evidence_key, evidence, actor, campaign_id, message_id, event_time,
        record_time
        """;

    private const string InsertEventSql =
        $"""
        INSERT INTO consent_events ({EventColumns})
        VALUES (@TenantId, @ContactId, @EventId, @Purpose, @Action, @ScopeId, @Source, @EvidenceKey, @Evidence, @Actor, @CampaignId,
          @MessageId, @EventTime, @RecordTime)
        ON CONFLICT DO NOTHING
        """;

    private const string UpsertSql =
        $"""
        INSERT INTO consents ({ConsentSql.Columns})
        VALUES (@TenantId, @ContactId, @ScopeId, @Marketing, @MarketingTime, @MarketingSource, @Utility, @UtilityTime, @UtilitySource)
        {ConsentSql.OnConflict}
        RETURNING {RowColumns}
        """;

    private const string RowColumns =
        $"""
        tenant_id, contact_id, NULLIF(scope_id, {SqlText.TenantScope}) AS scope,
        marketing, marketing_time, marketing_source, utility, utility_time, utility_source
        """;

    private const string GetSql =
        $"SELECT {RowColumns} FROM consents WHERE tenant_id = @TenantId AND contact_id = @ContactId ORDER BY scope_id";

    private const string ListEventsSql =
        $"""
        SELECT {ConsentSql.EventColumns}
        FROM consent_events
        WHERE tenant_id = @TenantId AND contact_id = @ContactId AND event_id < @After
        ORDER BY event_id DESC LIMIT @PageSize
        """;

    // State 2 is Revoked.
    private const string CountOptOutsSql =
        $"""
        SELECT COUNT(*) AS total, COUNT(CASE WHEN marketing_time >= @DaySince THEN 1 END) AS last_day,
          COUNT(CASE WHEN marketing_time >= @WeekSince THEN 1 END) AS last_week
        FROM consents
        WHERE tenant_id = @TenantId AND scope_id = {SqlText.TenantScope} AND marketing = 2
        """;

    // What Herald itself wrote, such as a confirmation, is no answer's cause.
    private const string OfWamidSql =
        """
        SELECT campaign_id, message_id FROM messages
        WHERE tenant_id = @TenantId AND wamid = @Wamid AND contact_id = @ContactId AND (campaign_id IS NOT NULL OR api_key_id IS NOT NULL)
        """;

    // State 10 is Queued, 70 is Suppressed.
    private const string SuppressPick =
        $"""
        WITH picked AS MATERIALIZED (
          SELECT m.message_id
          FROM messages m LEFT JOIN templates p ON p.tenant_id = m.tenant_id AND p.template_id = m.template_id
          WHERE m.tenant_id = @TenantId AND m.contact_id = @ContactId AND m.state = 10 AND {ConsentSql.Class} = @Class
            AND (@IsTenantScope OR m.sender_id = @ScopeId)
        """;

    private const string SuppressPicked =
        """
        )
        UPDATE messages
        SET state = 70, suppression_reason = @Reason, content = NULL, end_time = @RecordTime
        WHERE tenant_id = @TenantId AND state = 10 AND message_id IN (SELECT message_id FROM picked)
        """;

    private const string ContactSql = "SELECT 1 FROM contacts WHERE tenant_id = @TenantId AND contact_id = @ContactId";

    private readonly SamePerson _samePerson = new(database, dialect);

    private readonly string _holdContactSql = dialect.Pick(ContactSql + " FOR KEY SHARE", ContactSql);

    private readonly string _suppressSql = dialect.Pick(
        SuppressPick + " FOR UPDATE OF m SKIP LOCKED " + SuppressPicked, SuppressPick + SuppressPicked);

    public Task<ConsentRecordResult> RecordAsync(
        ConsentEventRow consentEvent, string? contextWamid, IReadOnlyList<NewMessage> outbox, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(consentEvent);
        ArgumentNullException.ThrowIfNull(outbox);
        return database.WriteAsync((_, transaction) => RecordAsync(transaction, consentEvent, contextWamid, outbox, ct), ct);
    }

    public Task<IReadOnlyList<ConsentRow>> GetAsync(TenantId tenant, ContactId contact, CancellationToken ct) =>
        database.ListAsync<ConsentRow>(GetSql, new { TenantId = tenant, ContactId = contact }, ct);

    public Task<IReadOnlyList<ConsentEventRow>> ListEventsAsync(
        TenantId tenant, ContactId contact, ConsentEventId? after, int pageSize, CancellationToken ct) =>
        database.ListAsync<ConsentEventRow>(
            ListEventsSql, new { TenantId = tenant, ContactId = contact, After = after?.Value ?? StoreQueries.IdMax, PageSize = pageSize }, ct);

    public async Task<OptOutCounts> CountOptOutsAsync(TenantId tenant, DateTimeOffset daySince, DateTimeOffset weekSince, CancellationToken ct) =>
        await database.FindAsync<OptOutCounts>(CountOptOutsSql, new { TenantId = tenant, DaySince = daySince, WeekSince = weekSince }, ct)
        ?? throw new InvalidOperationException("A count returned no row.");

    private async Task<ConsentRecordResult> RecordAsync(
        DbTransaction transaction, ConsentEventRow e, string? contextWamid, IReadOnlyList<NewMessage> outbox, CancellationToken ct)
    {
        // Held until the commit, so that an erasure either comes later and keeps this, or came first.
        if (await transaction.FindAsync<int?>(_holdContactSql, new { e.TenantId, e.ContactId }, ct) is null)
            return Absent(e);
        var cause = e.CampaignId is null && e.MessageId is null
            ? await AttributeAsync(transaction, e, contextWamid, ct)
            : new Cause { CampaignId = e.CampaignId, MessageId = e.MessageId };
        var scopeId = e.Scope?.Value ?? Guid.Empty;
        var inserted = await transaction.ExecuteAsync(InsertEventSql, new
        {
            e.TenantId,
            e.ContactId,
            e.EventId,
            e.Purpose,
            e.Action,
            ScopeId = scopeId,
            e.Source,
            e.EvidenceKey,
            e.Evidence,
            e.Actor,
            cause.CampaignId,
            cause.MessageId,
            e.EventTime,
            e.RecordTime,
        }, ct);

        if (inserted == 1 && e.Action == ConsentAction.Revoke)
            await _samePerson.HoldAsync(transaction, e.TenantId, [e.ContactId], ct);
        // Also when nothing is new: the answer is then what stands after every event that came before.
        var tenantWide = await UpsertAsync(transaction, e, Guid.Empty, applies: inserted == 1 && e.Scope is null, ct);
        if (inserted == 0)
            return new ConsentRecordResult { Recorded = false, Projection = tenantWide, Suppressed = 0 };

        var inScope = e.Scope is null ? tenantWide : await UpsertAsync(transaction, e, scopeId, applies: true, ct);
        var suppressed = await SuppressAsync(transaction, e, inScope, ct);
        await MessageInserts.EnqueueAsync(database, transaction, outbox, ct);
        if (e.Action == ConsentAction.Revoke)
        {
            await database.NotifyAsync(transaction, SignalChannels.OptOutChannel, SignalChannels.OptOut(e.TenantId, e.ContactId), ct);
            await _samePerson.ShareAsync(transaction, e.TenantId, [e.ContactId], e.RecordTime, ct);
        }
        return new ConsentRecordResult { Recorded = true, Projection = tenantWide, Suppressed = suppressed };
    }

    private static ConsentRecordResult Absent(ConsentEventRow e) => new()
    {
        Recorded = false,
        ContactAbsent = true,
        Suppressed = 0,
        Projection = new ConsentRow
        {
            TenantId = e.TenantId,
            ContactId = e.ContactId,
            Scope = null,
            Marketing = ConsentState.Unknown,
            MarketingTime = DateTimeOffset.UnixEpoch,
            MarketingSource = 0,
            Utility = ConsentState.Unknown,
            UtilityTime = DateTimeOffset.UnixEpoch,
            UtilitySource = 0,
        },
    };

    private static async Task<ConsentRow> UpsertAsync(
        DbTransaction transaction, ConsentEventRow e, Guid scopeId, bool applies, CancellationToken ct)
    {
        var state = e.Action == ConsentAction.Grant ? ConsentState.Granted : ConsentState.Revoked;
        var marketing = applies && e.Purpose is ConsentPurpose.Marketing or ConsentPurpose.All;
        var utility = applies && e.Purpose is ConsentPurpose.Utility or ConsentPurpose.All;
        var row = await transaction.FindAsync<ConsentRow>(UpsertSql, new
        {
            e.TenantId,
            e.ContactId,
            ScopeId = scopeId,
            Marketing = marketing ? state : ConsentState.Unknown,
            MarketingTime = marketing ? e.EventTime : DateTimeOffset.UnixEpoch,
            MarketingSource = marketing ? e.Source : 0,
            Utility = utility ? state : ConsentState.Unknown,
            UtilityTime = utility ? e.EventTime : DateTimeOffset.UnixEpoch,
            UtilitySource = utility ? e.Source : 0,
        }, ct);
        return row ?? throw new InvalidOperationException("An upsert returned no row.");
    }

    private static async Task<Cause> AttributeAsync(DbTransaction transaction, ConsentEventRow e, string? contextWamid, CancellationToken ct)
    {
        if (e.Source is not (ConsentSource.Keyword or ConsentSource.Button))
            return new Cause();
        if (contextWamid is not null)
        {
            var answered = await transaction.FindAsync<Cause>(OfWamidSql, new { e.TenantId, e.ContactId, Wamid = contextWamid }, ct);
            if (answered is not null)
                return answered;
        }
        var last = await transaction.FindAsync<MessageRow>(
            MessageSql.LastOfCampaigns, new { e.TenantId, e.ContactId, Since = e.EventTime - AttributionSpan }, ct);
        return new Cause { CampaignId = last?.CampaignId, MessageId = last?.MessageId };
    }

    private async Task<int> SuppressAsync(DbTransaction transaction, ConsentEventRow e, ConsentRow inScope, CancellationToken ct)
    {
        var suppressed = 0;
        if (inScope.Marketing == ConsentState.Revoked)
            suppressed += await SuppressAsync(transaction, e, MessageClass.Marketing, ct);
        if (inScope.Utility == ConsentState.Revoked)
            suppressed += await SuppressAsync(transaction, e, MessageClass.Utility, ct);
        return suppressed;
    }

    private Task<int> SuppressAsync(DbTransaction transaction, ConsentEventRow e, MessageClass messageClass, CancellationToken ct) =>
        transaction.ExecuteAsync(_suppressSql, new
        {
            e.TenantId,
            e.ContactId,
            e.RecordTime,
            Class = messageClass,
            Reason = e.Scope is null ? SuppressionReason.OptedOut : SuppressionReason.SenderPreference,
            IsTenantScope = e.Scope is null,
            ScopeId = e.Scope ?? default(SenderId),
        }, ct);

    /// <summary>What an event answers.</summary>
    private sealed class Cause
    {
        public CampaignId? CampaignId { get; init; }

        public MessageId? MessageId { get; init; }
    }
}

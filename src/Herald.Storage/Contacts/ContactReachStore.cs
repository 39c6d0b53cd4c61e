using System.Data.Common;
using Herald.Domain;
using Herald.Domain.Contacts;
using Herald.Domain.Senders;
using Herald.Domain.Tenants;

namespace Herald.Storage.Contacts;

internal sealed class ContactReachStore(IDatabase database, IDialect dialect) : IContactReachStore
{
    private const string MarkSql =
        """
        UPDATE contacts SET unreachable_code = @Code, unreachable_time = @Now
        WHERE tenant_id = @TenantId AND contact_id = @ContactId AND unreachable_code = 0
        """;

    private const string UnmarkSql =
        """
        UPDATE contacts SET unreachable_code = 0, unreachable_time = NULL
        WHERE tenant_id = @TenantId AND contact_id = @ContactId AND unreachable_code <> 0
        """;

    private const string GetHoldSql =
        "SELECT hold_since, hold_count, hold_time, hold_until FROM contacts WHERE tenant_id = @TenantId AND contact_id = @ContactId";

    private const string SetHoldSql =
        """
        UPDATE contacts SET hold_since = @Since, hold_count = @Count, hold_time = @Time, hold_until = @Until
        WHERE tenant_id = @TenantId AND contact_id = @ContactId
        """;

    // State 10 is Queued, class 4 is Marketing.
    private const string DelaySql =
        """
        UPDATE messages SET due_time = @Until, contact_hold_time = @Time, contact_hold_until = @Until
        WHERE tenant_id = @TenantId AND contact_id = @ContactId AND state = 10 AND class = 4 AND due_time < @Until
        """;

    private const string CloseWindowSql =
        """
        UPDATE contact_windows SET inbound_time = @Before
        WHERE tenant_id = @TenantId AND contact_id = @ContactId AND sender_id = @SenderId AND inbound_time > @Before AND inbound_time <= @Time
        """;

    private static readonly TimeSpan Window = TimeSpan.FromHours(24);

    private readonly string _lockHoldSql = dialect.Pick(GetHoldSql + " FOR UPDATE", GetHoldSql);

    public async Task<bool> MarkUnreachableAsync(TenantId tenant, ContactId contact, int code, DateTimeOffset now, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfZero(code);
        return await database.ExecuteAsync(MarkSql, new { TenantId = tenant, ContactId = contact, Code = code, Now = now }, ct) == 1;
    }

    public async Task<bool> MarkReachableAsync(TenantId tenant, ContactId contact, CancellationToken ct) =>
        await database.ExecuteAsync(UnmarkSql, new { TenantId = tenant, ContactId = contact }, ct) == 1;

    public Task<MarketingHold?> HoldMarketingAsync(
        TenantId tenant, ContactId contact, DateTimeOffset time, IRandomSource random, CancellationToken ct) =>
        database.WriteAsync((_, transaction) => HoldAsync(transaction, tenant, contact, time, random, ct), ct);

    public async Task<bool> CloseWindowAsync(TenantId tenant, ContactId contact, SenderId sender, DateTimeOffset time, CancellationToken ct) =>
        await database.ExecuteAsync(
            CloseWindowSql, new { TenantId = tenant, ContactId = contact, SenderId = sender, Time = time, Before = time - Window }, ct) == 1;

    private async Task<MarketingHold?> HoldAsync(
        DbTransaction transaction, TenantId tenant, ContactId contact, DateTimeOffset time, IRandomSource random, CancellationToken ct)
    {
        var stored = await transaction.FindAsync<StoredHold>(_lockHoldSql, new { TenantId = tenant, ContactId = contact }, ct);
        if (stored is null)
            return null;
        var present = stored.ToHold();
        var hold = MarketingHold.After(present, time, random);
        if (hold != present)
        {
            var row = new { TenantId = tenant, ContactId = contact, hold.Since, hold.Count, hold.Time, hold.Until };
            await transaction.ExecuteAsync(SetHoldSql, row, ct);
            await transaction.ExecuteAsync(DelaySql, row, ct);
        }
        return hold;
    }

    private sealed class StoredHold
    {
        public DateTimeOffset? HoldSince { get; init; }

        public int HoldCount { get; init; }

        public DateTimeOffset? HoldTime { get; init; }

        public DateTimeOffset? HoldUntil { get; init; }

        public MarketingHold? ToHold() => HoldSince is { } since && HoldTime is { } time && HoldUntil is { } until
            ? new MarketingHold(since, HoldCount, time, until)
            : null;
    }
}

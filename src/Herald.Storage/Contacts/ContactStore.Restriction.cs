using System.Data.Common;
using Herald.Domain.Consents;
using Herald.Domain.Contacts;
using Herald.Domain.Tenants;

namespace Herald.Storage.Contacts;

/// <summary>Whose data is kept and not used.</summary>
internal sealed partial class ContactStore
{
    private const string RestrictSql =
        """
        UPDATE contacts SET restrict_time = @Now, version = version + 1, update_time = @Now
        WHERE tenant_id = @TenantId AND contact_id = @ContactId AND version = @Version AND restrict_time IS NULL
        """;

    private const string UnrestrictSql =
        """
        UPDATE contacts SET restrict_time = NULL, version = version + 1, update_time = @Now
        WHERE tenant_id = @TenantId AND contact_id = @ContactId AND version = @Version AND restrict_time IS NOT NULL
        """;

    // State 10 is Queued, 70 is Suppressed; What another transaction has locked is being claimed: it is suppressed by that claim,
    // or given back by the last look before it would leave, and then suppressed.
    private const string SuppressAllHead =
        """
        WITH picked AS MATERIALIZED (
          SELECT message_id FROM messages WHERE tenant_id = @TenantId AND contact_id = @ContactId AND state = 10
        """;

    private const string SuppressAllTail =
        """
        )
        UPDATE messages SET state = 70, suppression_reason = @Reason, content = NULL, end_time = @Now
        WHERE tenant_id = @TenantId AND state = 10 AND message_id IN (SELECT message_id FROM picked)
        """;

    private readonly string _suppressAllSql = dialect.Pick(
        SuppressAllHead + " FOR UPDATE SKIP LOCKED " + SuppressAllTail, SuppressAllHead + SuppressAllTail);

    public Task<ContactRow?> RestrictAsync(TenantId tenant, ContactId contact, long version, DateTimeOffset now, CancellationToken ct) =>
        database.WriteAsync(async (_, transaction) =>
        {
            var change = new { TenantId = tenant, ContactId = contact, Version = version, Now = now };
            if (await transaction.ExecuteAsync(RestrictSql, change, ct) == 0)
                return await OfVersionAsync(transaction, tenant, contact, version, ct);
            await SuppressAllAsync(transaction, tenant, contact, SuppressionReason.Restricted, now, ct);
            return await OfVersionAsync(transaction, tenant, contact, version + 1, ct);
        }, ct);

    public Task<ContactRow?> UnrestrictAsync(TenantId tenant, ContactId contact, long version, DateTimeOffset now, CancellationToken ct) =>
        database.WriteAsync(async (_, transaction) =>
        {
            var change = new { TenantId = tenant, ContactId = contact, Version = version, Now = now };
            var changed = await transaction.ExecuteAsync(UnrestrictSql, change, ct);
            return await OfVersionAsync(transaction, tenant, contact, version + changed, ct);
        }, ct);

    /// <summary>Nothing that is queued for the contact goes any more, and whoever has claimed something for them looks once more.</summary>
    private async Task SuppressAllAsync(
        DbTransaction transaction, TenantId tenant, ContactId contact, SuppressionReason reason, DateTimeOffset now, CancellationToken ct)
    {
        await transaction.ExecuteAsync(_suppressAllSql, new { TenantId = tenant, ContactId = contact, Reason = reason, Now = now }, ct);
        await database.NotifyAsync(transaction, SignalChannels.OptOutChannel, SignalChannels.OptOut(tenant, contact), ct);
    }

    /// <summary>The contact, unless it is absent or somebody changed it meanwhile.</summary>
    private static async Task<ContactRow?> OfVersionAsync(
        DbTransaction transaction, TenantId tenant, ContactId contact, long version, CancellationToken ct) =>
        await transaction.FindAsync<ContactRow>(GetSql, new { TenantId = tenant, ContactId = contact }, ct) is { } row && row.Version == version ? row : null;
}

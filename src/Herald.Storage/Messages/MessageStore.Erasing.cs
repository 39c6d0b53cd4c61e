using System.Data.Common;

namespace Herald.Storage.Messages;

/// <summary>What is told of somebody who was erased while it was on its way.</summary>
internal sealed partial class MessageStore
{
    // Of a stored failure the first line is Herald's own sentence, the rest are Meta's words. KEY SHARE waits for an erasure that has begun, which waits for no
    // message; one that begins later finds the words.
    private const string ForgetErasedPostgreSql =
        """
        UPDATE messages m SET error_detail = split_part(m.error_detail, chr(10), 1)
        WHERE m.tenant_id = @TenantId AND m.message_id = ANY(@Ids) AND strpos(m.error_detail, chr(10)) > 0
          AND NOT EXISTS (SELECT 1 FROM contacts c WHERE c.tenant_id = m.tenant_id AND c.contact_id = m.contact_id FOR KEY SHARE)
        """;

    private const string ForgetErasedSqlite =
        """
        UPDATE messages AS m SET error_detail = substr(m.error_detail, 1, instr(m.error_detail, char(10)) - 1)
        WHERE m.tenant_id = @TenantId AND m.message_id IN (SELECT value FROM json_each(@Ids)) AND instr(m.error_detail, char(10)) > 0
          AND NOT EXISTS (SELECT 1 FROM contacts c WHERE c.tenant_id = m.tenant_id AND c.contact_id = m.contact_id)
        """;

    private readonly string _forgetErasedSql = dialect.Pick(ForgetErasedPostgreSql, ForgetErasedSqlite);

    /// <summary>After the write, whose locks are held; costs nothing where nothing failed.</summary>
    private async Task ForgetErasedAsync(DbTransaction transaction, IReadOnlyList<MessageProgress> written, CancellationToken ct)
    {
        foreach (var ofTenant in written.Where(message => message.ErrorDetail.Contains('\n', StringComparison.Ordinal)).GroupBy(message => message.TenantId))
        {
            var failed = new { TenantId = ofTenant.Key, Ids = IdSet.Of(ofTenant.Select(message => message.MessageId)) };
            await transaction.ExecuteAsync(_forgetErasedSql, failed, ct);
        }
    }
}

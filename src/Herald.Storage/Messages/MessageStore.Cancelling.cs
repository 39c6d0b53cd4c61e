using Herald.Domain.Messages;
using Herald.Domain.Tenants;

namespace Herald.Storage.Messages;

/// <summary>Messages that are taken back one by one; those of a whole campaign are taken back by the campaign's store.</summary>
internal sealed partial class MessageStore
{
    // State 10 is Queued, 73 is Cancelled.
    private const string CancelSql =
        """
        UPDATE messages SET state = 73, end_time = @Now, content = NULL, cancel_key_id = @KeyId
        WHERE tenant_id = @TenantId AND message_id = @MessageId AND state = 10
        """;

    // A claim that is being decided is waited for, and no claim takes what is held: what is read here is what is decided on.
    private readonly string _holdMessageSql = dialect.Pick(GetSql + " FOR UPDATE", GetSql);

    public Task<MessageRow?> CancelAsync(TenantId tenant, MessageId message, ApiKeyId key, DateTimeOffset now, CancellationToken ct) =>
        database.WriteAsync(async (_, transaction) =>
        {
            var parameters = new { TenantId = tenant, MessageId = message, KeyId = key, Now = now };
            var row = await transaction.FindAsync<MessageRow>(_holdMessageSql, parameters, ct);
            if (row?.State != MessageState.Queued)
                return row;
            await transaction.ExecuteAsync(CancelSql, parameters, ct);
            return await transaction.FindAsync<MessageRow>(GetSql, parameters, ct);
        }, ct);
}

using System.Data.Common;
using Herald.Storage.Campaigns;

namespace Herald.Storage.PostgreSql;

internal sealed class PostgreSqlCampaignAudience : ICampaignAudience
{
    private const string Sql =
        AudienceSql.Head +
        """
         (SELECT @TenantId AS tenant_id, u.message_id, u.contact_id, @SenderId AS sender_id, @Class AS class, @TemplateId AS template_id
          FROM unnest(@Messages, @Contacts) AS u (message_id, contact_id)) m

        """ +
        AudienceSql.Tail;

    public Task<int> InsertAsync(DbTransaction transaction, AudienceBatch batch, CancellationToken ct) => transaction.ExecuteAsync(Sql, new
    {
        batch.TenantId,
        batch.CampaignId,
        batch.SenderId,
        batch.TemplateId,
        batch.Class,
        batch.Now,
        Messages = PgArray.Uuids(batch.Messages, message => message.MessageId.Value),
        Contacts = PgArray.Uuids(batch.Messages, message => message.ContactId.Value),
    }, ct);
}

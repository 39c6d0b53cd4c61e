using System.Data.Common;
using Herald.Domain;
using Herald.Storage.Campaigns;

namespace Herald.Storage.Sqlite;

internal sealed class SqliteCampaignAudience : ICampaignAudience
{
    private const string Sql =
        AudienceSql.Head +
        """
         (SELECT @TenantId AS tenant_id, @MessageId AS message_id, @ContactId AS contact_id, @SenderId AS sender_id, @Class AS class, @TemplateId AS template_id) m

        """ +
        AudienceSql.Tail;

    public async Task<int> InsertAsync(DbTransaction transaction, AudienceBatch batch, CancellationToken ct)
    {
        await using var statement = new SqliteStatement(
            transaction, Sql, "@TenantId", "@CampaignId", "@SenderId", "@TemplateId", "@Class", "@Now", "@MessageId", "@ContactId");
        var added = 0;
        foreach (var (message, contact) in batch.Messages)
        {
            added += statement.Execute(
                batch.TenantId.Value, batch.CampaignId.Value, batch.SenderId.Value, batch.TemplateId.Value, (int)batch.Class,
                Micros.FromTime(batch.Now), message.Value, contact.Value);
        }
        return added;
    }
}

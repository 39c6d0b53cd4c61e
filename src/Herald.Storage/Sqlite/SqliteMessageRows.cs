using Herald.Domain;
using Herald.Domain.Campaigns;
using Herald.Domain.Consents;
using Herald.Domain.Messages;
using Herald.Domain.Tenants;
using Herald.Storage.Messages;
using Microsoft.Data.Sqlite;

namespace Herald.Storage.Sqlite;

/// <summary>Reads rows of the hot paths by position.</summary>
internal static class SqliteMessageRows
{
    /// <summary>A row of <see cref="MessageProgress.Columns"/>.</summary>
    public static MessageProgress ReadProgress(SqliteDataReader row) => new()
    {
        TenantId = TenantId.Parse(row.GetString(0)),
        MessageId = MessageId.Parse(row.GetString(1)),
        CampaignId = row.IsDBNull(2) ? null : CampaignId.Parse(row.GetString(2)),
        State = (MessageState)row.GetInt32(3),
        SuppressionReason = (SuppressionReason)row.GetInt32(4),
        ErrorCode = row.GetInt32(5),
        ErrorDetail = row.GetString(6),
        DueTime = Micros.ToTime(row.GetInt64(7)),
        Attempts = row.GetInt32(8),
        ClaimEpoch = row.IsDBNull(9) ? null : row.GetInt64(9),
        ClaimExpireTime = Time(row, 10),
        Wamid = row.IsDBNull(11) ? null : row.GetString(11),
        AcceptTime = Time(row, 12),
        SentTime = Time(row, 13),
        DeliveredTime = Time(row, 14),
        ReadTime = Time(row, 15),
        EndTime = Time(row, 16),
        CanBeMade = row.GetBoolean(17),
        Price = Number(row, 18),
        FailTime = Time(row, 19),
        FailCode = Number(row, 20),
    };

    private static int? Number(SqliteDataReader row, int ordinal) => row.IsDBNull(ordinal) ? null : row.GetInt32(ordinal);

    private static DateTimeOffset? Time(SqliteDataReader row, int ordinal) => row.IsDBNull(ordinal) ? null : Micros.ToTime(row.GetInt64(ordinal));
}

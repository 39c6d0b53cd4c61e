using Herald.Domain;
using Herald.Domain.Consents;
using Herald.Domain.Messages;
using Herald.Domain.Tenants;
using Herald.Storage.Messages;
using Microsoft.Data.Sqlite;

namespace Herald.Storage.Sqlite;

/// <summary>What is read of a message before it is written, by position.</summary>
internal sealed class SqliteMessageRow : MessageProgress
{
    /// <summary>What <see cref="Read"/> expects, of messages m.</summary>
    public const string RowColumns = $"{Columns}, m.rowid";

    private readonly string? _storedWamid;

    private SqliteMessageRow(string? wamid) => Wamid = _storedWamid = wamid;

    /// <summary>Where it stands: it saves the way through the index.</summary>
    public long RowId { get; private init; }

    public bool HasNewWamid => Wamid != _storedWamid;

    public static SqliteMessageRow Read(SqliteDataReader row) => new(Text(row, 11))
    {
        TenantId = TenantId.Parse(row.GetString(0)),
        MessageId = MessageId.Parse(row.GetString(1)),
        CampaignId = Text(row, 2) is { } campaign ? Domain.Campaigns.CampaignId.Parse(campaign) : null,
        State = (MessageState)row.GetInt32(3),
        SuppressionReason = (SuppressionReason)row.GetInt32(4),
        ErrorCode = row.GetInt32(5),
        ErrorDetail = row.GetString(6),
        DueTime = Micros.ToTime(row.GetInt64(7)),
        Attempts = row.GetInt32(8),
        ClaimEpoch = row.IsDBNull(9) ? null : row.GetInt64(9),
        ClaimExpireTime = Time(row, 10),
        AcceptTime = Time(row, 12),
        SentTime = Time(row, 13),
        DeliveredTime = Time(row, 14),
        ReadTime = Time(row, 15),
        EndTime = Time(row, 16),
        CanBeMade = row.GetBoolean(17),
        Price = Number(row, 18),
        FailTime = Time(row, 19),
        FailCode = Number(row, 20),
        RowId = row.GetInt64(21),
    };

    private static string? Text(SqliteDataReader row, int ordinal) => row.IsDBNull(ordinal) ? null : row.GetString(ordinal);

    private static int? Number(SqliteDataReader row, int ordinal) => row.IsDBNull(ordinal) ? null : row.GetInt32(ordinal);

    private static DateTimeOffset? Time(SqliteDataReader row, int ordinal) => row.IsDBNull(ordinal) ? null : Micros.ToTime(row.GetInt64(ordinal));
}

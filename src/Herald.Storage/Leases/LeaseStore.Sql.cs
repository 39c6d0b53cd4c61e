using Herald.Storage.PostgreSql;

namespace Herald.Storage.Leases;

internal sealed partial class LeaseStore
{
    private const string Columns = "lease_name AS name, node, epoch, expire_time";

    private const string AcquireSql =
        $"""
        INSERT INTO leases (lease_name, node, epoch, expire_time)
        VALUES (@Name, @Node, 1, @Now + @Duration)
        ON CONFLICT (lease_name) DO UPDATE
        SET lease_name = excluded.lease_name,
            node = excluded.node,
            epoch = CASE WHEN leases.node = excluded.node AND leases.expire_time > @Now THEN leases.epoch ELSE leases.epoch + 1 END,
            expire_time = excluded.expire_time
        WHERE leases.node = excluded.node OR leases.expire_time <= @Now
        RETURNING {Columns}
        """;

    private const string RenewSql =
        "UPDATE leases SET expire_time = @Now + @Duration WHERE lease_name = @Name AND node = @Node AND epoch = @Epoch";

    private const string ReleaseSql = "UPDATE leases SET expire_time = 0 WHERE lease_name = @Name AND node = @Node AND epoch = @Epoch";

    private const string ListSql =
        $"SELECT {Columns} FROM leases WHERE substr(lease_name, 1, @Length) = @Prefix ORDER BY lease_name";

    private const string ListLivingHead = $"SELECT {Columns} FROM leases WHERE substr(lease_name, 1, @Length) = @Prefix AND expire_time > ";

    private const string ForgetSql = "DELETE FROM leases WHERE substr(lease_name, 1, @Length) = @Prefix AND expire_time < @Before";

    private const string AcquireManyPostgreSql =
        $"""
        WITH wanted AS MATERIALIZED (
          SELECT u.lease_name FROM unnest(@Names) AS u (lease_name)
        ), free AS MATERIALIZED (
          SELECT l.lease_name
          FROM wanted w CROSS JOIN LATERAL (
            SELECT lease_name FROM leases
            WHERE lease_name = w.lease_name AND (node = @Node OR expire_time <= {PostgreSqlText.NowMicros})
            FOR UPDATE SKIP LOCKED) l
        ), taken AS (
          UPDATE leases l
          SET node = @Node,
              epoch = CASE WHEN l.node = @Node AND l.expire_time > {PostgreSqlText.NowMicros} THEN l.epoch ELSE l.epoch + 1 END,
              expire_time = {PostgreSqlText.NowMicros} + @Duration
          FROM free f
          WHERE l.lease_name = f.lease_name
          RETURNING l.lease_name, l.node, l.epoch, l.expire_time
        ), made AS (
          INSERT INTO leases (lease_name, node, epoch, expire_time)
          SELECT w.lease_name, @Node, 1, {PostgreSqlText.NowMicros} + @Duration
          FROM wanted w
          WHERE NOT EXISTS (SELECT 1 FROM leases l WHERE l.lease_name = w.lease_name)
          ORDER BY w.lease_name
          ON CONFLICT DO NOTHING
          RETURNING lease_name, node, epoch, expire_time
        )
        SELECT {Columns} FROM (SELECT * FROM taken UNION ALL SELECT * FROM made) held
        """;

    private const string AcquireManySqlite =
        $"""
        INSERT INTO leases (lease_name, node, epoch, expire_time)
        SELECT value, @Node, 1, @Now + @Duration FROM json_each(@Names) WHERE true
        ON CONFLICT (lease_name) DO UPDATE
        SET node = excluded.node,
            epoch = CASE WHEN leases.node = excluded.node AND leases.expire_time > @Now THEN leases.epoch ELSE leases.epoch + 1 END,
            expire_time = excluded.expire_time
        WHERE leases.node = excluded.node OR leases.expire_time <= @Now
        RETURNING {Columns}
        """;

    private const string OfKeysPostgreSql =
        "WHERE lease_name = ANY(@Names) AND lease_name || '#' || CAST(epoch AS text) = ANY(@Keys) AND node = @Node";

    private const string OfKeysSqlite =
        """
        WHERE lease_name IN (SELECT value FROM json_each(@Names)) AND node = @Node
          AND lease_name || '#' || CAST(epoch AS text) IN (SELECT value FROM json_each(@Keys))
        """;

    private const string RenewManyPostgreSql =
        $"UPDATE leases SET expire_time = {PostgreSqlText.NowMicros} + @Duration {OfKeysPostgreSql} AND expire_time > 0 RETURNING {Columns}";

    private const string RenewManySqlite =
        $"UPDATE leases SET expire_time = @Now + @Duration {OfKeysSqlite} AND expire_time > 0 RETURNING {Columns}";

    private const string ReleaseManyPostgreSql = $"UPDATE leases SET expire_time = 0 {OfKeysPostgreSql}";

    private const string ReleaseManySqlite = $"UPDATE leases SET expire_time = 0 {OfKeysSqlite}";

    private readonly string _acquireManySql = dialect.Pick(AcquireManyPostgreSql, AcquireManySqlite);

    private readonly string _renewManySql = dialect.Pick(RenewManyPostgreSql, RenewManySqlite);

    private readonly string _releaseManySql = dialect.Pick(ReleaseManyPostgreSql, ReleaseManySqlite);

    private readonly string _listLivingSql = dialect.Pick(
        ListLivingHead + PostgreSqlText.NowMicros + " ORDER BY lease_name", ListLivingHead + "@Now ORDER BY lease_name");
}

using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Herald.Simulation.Checks;

/// <summary>Triggers in the run's database write down every row that changes; this reads them inside the transaction that caused them.</summary>
internal sealed class ChangeLog(Ledger ledger) : IDisposable
{
    public const string Schema =
        """
        CREATE TABLE sim_log (
          n INTEGER PRIMARY KEY, kind TEXT, tenant TEXT, id TEXT, before INTEGER, after INTEGER, contact TEXT, sender TEXT, campaign TEXT,
          class INTEGER, attempts INTEGER, reason INTEGER, code INTEGER, text TEXT, number INTEGER);

        CREATE TRIGGER sim_message_new AFTER INSERT ON messages BEGIN
          INSERT INTO sim_log (kind, tenant, id, before, after, contact, sender, campaign, class, attempts, reason, code, text, number)
          VALUES ('message', NEW.tenant_id, NEW.message_id, 0, NEW.state, NEW.contact_id, NEW.sender_id, NEW.campaign_id, NEW.class,
            NEW.attempts, NEW.suppression_reason, NEW.error_code, NEW.dedupe_key, COALESCE(NEW.claim_epoch, 0));
        END;
        CREATE TRIGGER sim_message_changed AFTER UPDATE ON messages BEGIN
          INSERT INTO sim_log (kind, tenant, id, before, after, contact, sender, campaign, class, attempts, reason, code, text, number)
          VALUES ('message', NEW.tenant_id, NEW.message_id, OLD.state, NEW.state, NEW.contact_id, NEW.sender_id, NEW.campaign_id, NEW.class,
            NEW.attempts, NEW.suppression_reason, NEW.error_code, NEW.claim_node, COALESCE(NEW.claim_epoch, 0));
        END;
        CREATE TRIGGER sim_message_gone AFTER DELETE ON messages BEGIN
          INSERT INTO sim_log (kind, tenant, id, before, after) VALUES ('message', OLD.tenant_id, OLD.message_id, OLD.state, 0);
        END;
        CREATE TRIGGER sim_consent_event AFTER INSERT ON consent_events BEGIN
          INSERT INTO sim_log (kind, tenant, id, before, after, contact, sender, class, text, number)
          VALUES ('consent', NEW.tenant_id, NEW.event_id, 0, NEW.action, NEW.contact_id, NEW.scope_id, NEW.purpose, NEW.evidence_key,
            NEW.event_time);
        END;
        CREATE TRIGGER sim_campaign_changed AFTER UPDATE ON campaigns WHEN OLD.state <> NEW.state BEGIN
          INSERT INTO sim_log (kind, tenant, id, before, after, sender) VALUES ('campaign', NEW.tenant_id, NEW.campaign_id, OLD.state, NEW.state, NEW.sender_id);
        END;
        CREATE TRIGGER sim_lease_new AFTER INSERT ON leases BEGIN
          INSERT INTO sim_log (kind, tenant, id, before, after, text, number) VALUES ('lease', '', NEW.lease_name, 0, NEW.epoch, NEW.node, NEW.expire_time);
        END;
        CREATE TRIGGER sim_lease_changed AFTER UPDATE ON leases BEGIN
          INSERT INTO sim_log (kind, tenant, id, before, after, text, number)
          VALUES ('lease', '', NEW.lease_name, OLD.epoch, NEW.epoch, NEW.node, NEW.expire_time);
        END;
        CREATE TRIGGER sim_inbox_changed AFTER UPDATE ON webhook_inbox WHEN OLD.state <> NEW.state BEGIN
          INSERT INTO sim_log (kind, tenant, id, before, after) VALUES ('delivery', '', NEW.delivery_id, OLD.state, NEW.state);
        END;
        CREATE TRIGGER sim_inbox_new AFTER INSERT ON webhook_inbox BEGIN
          INSERT INTO sim_log (kind, tenant, id, before, after, text) VALUES ('delivery', '', NEW.delivery_id, 0, NEW.state, hex(NEW.body_hash));
        END;
        """;

    private SqliteCommand? _read;
    private SqliteCommand? _empty;

    public IReadOnlyList<Change> Read(DbConnection connection, DbTransaction transaction)
    {
        var read = Prepared(ref _read, connection, transaction, "SELECT * FROM sim_log ORDER BY n");
        List<Change> changes = [];
        using (var row = read.ExecuteReader())
        {
            while (row.Read())
                changes.Add(ToChange(row));
        }
        if (changes.Count > 0)
            Prepared(ref _empty, connection, transaction, "DELETE FROM sim_log").ExecuteNonQuery();
        return changes;
    }

    public void Committed(string node, IReadOnlyList<Change> changes)
    {
        if (changes.Count > 0)
            ledger.Committed(node, changes);
    }

    public void Dispose()
    {
        _read?.Dispose();
        _empty?.Dispose();
    }

    private static SqliteCommand Prepared(ref SqliteCommand? command, DbConnection connection, DbTransaction transaction, string sql)
    {
        command ??= new SqliteCommand(sql, (SqliteConnection)connection);
        command.Transaction = (SqliteTransaction)transaction;
        return command;
    }

    private static Change ToChange(SqliteDataReader row) => new()
    {
        Kind = row.GetString(1),
        Tenant = Id(row, 2) ?? "",
        Id = Id(row, 3) ?? "",
        Before = row.GetInt64(4),
        After = row.GetInt64(5),
        Contact = Id(row, 6),
        Sender = Id(row, 7),
        Campaign = Id(row, 8),
        Class = Number(row, 9),
        Attempts = Number(row, 10),
        Reason = Number(row, 11),
        Code = Number(row, 12),
        Text = Text(row, 13),
        Number = Number(row, 14),
    };

    /// <summary>The database writes ids in capitals, everything else in small letters.</summary>
    private static string? Id(SqliteDataReader row, int column) => Text(row, column)?.ToLowerInvariant();

    private static string? Text(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static long Number(SqliteDataReader row, int column) => row.IsDBNull(column) ? 0 : row.GetInt64(column);
}

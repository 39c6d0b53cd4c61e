namespace Orleans.Storage;

/// <summary>The statements on <c>grain_documents</c>, which differ only in that PostgreSQL tells other nodes of each write.</summary>
internal sealed class GrainDocumentSql
{
    public const string Read =
        """
        SELECT version, payload FROM grain_documents
        WHERE grain_type = @grain_type AND grain_id = @grain_id AND state_name = @state_name
        """;

    private const string InsertRow =
        """
        INSERT INTO grain_documents (grain_type, grain_id, state_name, version, payload, update_time)
        VALUES (@grain_type, @grain_id, @state_name, @version + 1, @payload, @update_time)
        ON CONFLICT DO NOTHING
        RETURNING version
        """;

    private const string UpdateRow =
        """
        UPDATE grain_documents SET version = version + 1, payload = @payload, update_time = @update_time
        WHERE grain_type = @grain_type AND grain_id = @grain_id AND state_name = @state_name AND version = @version
        RETURNING version
        """;

    private const string DeleteRow =
        """
        DELETE FROM grain_documents
        WHERE grain_type = @grain_type AND grain_id = @grain_id AND state_name = @state_name AND version = @version
        RETURNING version
        """;

    private GrainDocumentSql(bool notifies)
    {
        Notifies = notifies;
        Insert = Complete(InsertRow);
        Update = Complete(UpdateRow);
        Delete = Complete(DeleteRow);
    }

    public static GrainDocumentSql Sqlite { get; } = new(notifies: false);

    public static GrainDocumentSql PostgreSql { get; } = new(notifies: true);

    /// <summary>True if the statements need the parameter <c>notice</c>.</summary>
    public bool Notifies { get; }

    public string Insert { get; }

    public string Update { get; }

    public string Delete { get; }

    /// <summary>Lets a write notify in the same statement: both become visible with its commit, or neither.</summary>
    private string Complete(string change)
        => Notifies
            ? $"WITH written AS ({change}) SELECT pg_notify('{GrainWriteNotice.Channel}', @notice)::text FROM written"
            : change;
}

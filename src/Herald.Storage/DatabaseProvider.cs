namespace Herald.Storage;

/// <summary>The databases that Herald runs on.</summary>
public enum DatabaseProvider
{
    /// <summary>One file, one node, no set-up.</summary>
    Sqlite = 1,

    /// <summary>A server that several nodes may share.</summary>
    PostgreSql = 2,
}

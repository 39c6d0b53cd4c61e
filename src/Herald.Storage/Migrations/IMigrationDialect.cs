namespace Herald.Storage.Migrations;

/// <summary>What the migrator needs to know about a kind of database.</summary>
internal interface IMigrationDialect
{
    /// <summary>The folder of its scripts below Migrations.</summary>
    string Folder { get; }

    /// <summary>Makes a second migrator wait until the transaction ends; a statement without result, or empty when every write transaction does.</summary>
    string LockSql { get; }

    /// <summary>Counts the tables of the name @Table.</summary>
    string CountTablesSql { get; }
}

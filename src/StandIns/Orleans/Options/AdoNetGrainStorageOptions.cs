namespace Orleans.Configuration;

/// <summary>Where states are stored.</summary>
public class AdoNetGrainStorageOptions
{
    /// <summary>The connection string. It is a secret; it is not logged.</summary>
    public string ConnectionString { get; set; } = "";

    /// <summary>The database's invariant name: <c>Npgsql</c> or <c>System.Data.SQLite</c> (also <c>Microsoft.Data.Sqlite</c>).</summary>
    public string Invariant { get; set; } = "Microsoft.Data.SqlClient";
}

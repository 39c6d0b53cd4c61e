namespace Herald.Storage.Migrations;

/// <summary>The database was migrated by a newer binary; running on it could harm it.</summary>
public sealed class DatabaseTooNewException : Exception
{
    /// <summary>Names both versions in the message.</summary>
    public DatabaseTooNewException(int databaseVersion, int binaryVersion)
        : base($"The database is at schema version {databaseVersion}, but this binary knows versions up to {binaryVersion}. Start a newer binary.")
    {
        DatabaseVersion = databaseVersion;
        BinaryVersion = binaryVersion;
    }

    /// <summary>The newest migration applied to the database.</summary>
    public int DatabaseVersion { get; }

    /// <summary>The newest migration that this binary knows.</summary>
    public int BinaryVersion { get; }
}

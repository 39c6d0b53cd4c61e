namespace Herald.Storage.Migrations;

/// <summary>Brings the database's schema to this binary's version. Forward only.</summary>
public interface IMigrator
{
    /// <summary>
    /// Applies what is missing, one transaction a migration, under a lock that all nodes share; a second caller waits and then finds nothing
    /// to do. Returns how many were applied.
    /// </summary>
    /// <exception cref="DatabaseTooNewException">The database is newer than this binary. Nothing was changed.</exception>
    Task<int> MigrateAsync(CancellationToken ct);

    /// <summary>The newest migration applied (0 for an empty database) and the newest that this binary knows. Changes nothing.</summary>
    Task<(int Database, int Binary)> VersionsAsync(CancellationToken ct);
}

using System.Data.Common;
using System.Reflection;
using Orleans.Runtime;

namespace Orleans.Storage;

/// <summary>Finds database providers by their invariant names.</summary>
internal static class AdoNetProviders
{
    private const string PostgreSql = "Npgsql";

    public static bool IsPostgreSql(string invariant) => invariant == PostgreSql;

    /// <summary>Returns the registered factory, else the one that the invariant name stands for.</summary>
    public static DbProviderFactory Factory(string invariant)
    {
        if (DbProviderFactories.TryGetFactory(invariant, out var registered))
        {
            return registered;
        }

        var name = invariant switch
        {
            PostgreSql => "Npgsql.NpgsqlFactory, Npgsql",
            "System.Data.SQLite" or "Microsoft.Data.Sqlite" => "Microsoft.Data.Sqlite.SqliteFactory, Microsoft.Data.Sqlite",
            _ => throw new OrleansConfigurationException($"The invariant name {invariant} is neither Npgsql nor System.Data.SQLite."),
        };
        var instance = Type.GetType(name)?.GetField("Instance", BindingFlags.Public | BindingFlags.Static)?.GetValue(null);
        return instance as DbProviderFactory
            ?? throw new OrleansConfigurationException(
                $"The provider {name} for the invariant name {invariant} is not part of this program.");
    }
}

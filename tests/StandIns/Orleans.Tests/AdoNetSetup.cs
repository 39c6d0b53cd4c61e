using Herald.Storage;
using Herald.Testing;
using Orleans.Hosting;
using Orleans.TestingHost;

namespace Orleans.Tests;

/// <summary>Stores the documents of a cluster in a database that its configuration names.</summary>
public sealed class AdoNetSetup : ISiloConfigurator
{
    private const string Invariant = "Tests:Invariant";
    private const string ConnectionString = "Tests:ConnectionString";

    public static void Use(TestClusterBuilder builder, TestDatabase database)
    {
        builder.Properties[Invariant] = database.Options.Provider == DatabaseProvider.PostgreSql ? "Npgsql" : "System.Data.SQLite";
        builder.Properties[ConnectionString] = database.Options.ConnectionString;
        builder.AddSiloBuilderConfigurator<AdoNetSetup>();
    }

    public void Configure(ISiloBuilder siloBuilder) => siloBuilder.AddAdoNetGrainStorage("documents", options =>
    {
        options.Invariant = siloBuilder.Configuration[Invariant]!;
        options.ConnectionString = siloBuilder.Configuration[ConnectionString]!;
    });
}

using Herald.Simulation.Checks;
using Herald.Storage;
using Herald.Storage.Migrations;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Herald.Simulation.Nodes;

/// <summary>A migrated empty database in memory, from which each run gets a copy. One thread uses it at a time.</summary>
internal sealed class TemplateDatabase : IDisposable
{
    private readonly SqliteConnection _template;
    private readonly string _name;
    private int _copies;

    private TemplateDatabase(string name, SqliteConnection template)
    {
        _name = name;
        _template = template;
    }

    public static TemplateDatabase Create(string name)
    {
        var template = new SqliteConnection(ConnectionString(name));
        template.Open();
        var services = new ServiceCollection();
        services.AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance);
        services.AddSingleton(typeof(ILogger<>), typeof(Logger<>));
        services.AddHeraldStorage(Options(name));
        MigrateAsync(services).GetAwaiter().GetResult();
        using var command = new SqliteCommand(ChangeLog.Schema, template);
        command.ExecuteNonQuery();
        return new TemplateDatabase(name, template);
    }

    /// <summary>A copy; it lives as long as the connection is open.</summary>
    public SqliteConnection Copy(out HeraldDatabaseOptions options)
    {
        var name = $"{_name}-{++_copies}";
        options = Options(name);
        var copy = new SqliteConnection(ConnectionString(name));
        copy.Open();
        _template.BackupDatabase(copy);
        return copy;
    }

    public void Dispose() => _template.Dispose();

    private static async Task MigrateAsync(ServiceCollection services)
    {
        await using var provider = services.BuildServiceProvider();
        await provider.GetRequiredService<IMigrator>().MigrateAsync(CancellationToken.None);
    }

    private static HeraldDatabaseOptions Options(string name) =>
        new() { Provider = DatabaseProvider.Sqlite, ConnectionString = ConnectionString(name) };

    private static string ConnectionString(string name) => $"Data Source={name};Mode=Memory;Cache=Shared";
}

using System.CommandLine;
using Herald.Api.Tenants;
using Herald.Storage.Keys;
using Herald.Storage.Migrations;

namespace Herald.Host.Start;

internal static class ServeCommand
{
    public static Command CreateMigrate()
    {
        var command = new Command("migrate", "Bring the database's schema up to date and stop.");
        command.SetAction((_, ct) => MigrateAsync(ct));
        return command;
    }

    public static async Task<int> RunAsync(string[] args, CancellationToken ct)
    {
        await using var app = HeraldHost.Build(CreateBuilder(args));
        try
        {
            if (await HeraldHost.PrepareAsync(app, ct) is { } adminKey)
            {
                Console.WriteLine($"""
                    This is the first start. The admin key, shown only this once:

                        {adminKey}

                    It belongs to this installation's own tenant, tenants/{FirstStart.SystemTenant}, to which control numbers are connected.
                    """);
            }
        }
        catch (IdentityKeyException unreadable)
        {
            await Console.Error.WriteLineAsync($"Herald does not start. {unreadable.Message}");
            return 1;
        }
        await app.RunAsync(ct);
        return 0;
    }

    public static WebApplicationBuilder CreateBuilder(string[] args) => WebApplication.CreateBuilder(new WebApplicationOptions
    {
        Args = args,
        // The settings lie beside the program, wherever it is started from; data paths stay relative to where it is started.
        ContentRootPath = AppContext.BaseDirectory,
    });

    private static async Task<int> MigrateAsync(CancellationToken ct)
    {
        await using var app = HeraldHost.Build(CreateBuilder([]));
        var migrator = app.Services.GetRequiredService<IMigrator>();
        var applied = await migrator.MigrateAsync(ct);
        var versions = await migrator.VersionsAsync(ct);
        Console.WriteLine($"{applied} migrations applied; the database is at revision {versions.Database} of {versions.Binary}.");
        return 0;
    }
}

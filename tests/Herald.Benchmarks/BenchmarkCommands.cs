using System.CommandLine;
using System.Text.Json;
using Herald.Benchmarks.Campaigns;
using Herald.Benchmarks.Imports;
using Herald.Benchmarks.Reads;
using Herald.Benchmarks.Results;
using Herald.Benchmarks.Webhooks;
using Herald.Benchmarks.World;
using Herald.Storage;

namespace Herald.Benchmarks;

/// <summary>The command line. Each benchmark is a command; <c>all</c> runs them one after another.</summary>
internal static class BenchmarkCommands
{
    private static readonly BenchmarkSizes Full = BenchmarkSizes.Full;
    private static readonly Option<bool> Check = new("--check") { Description = "End with 1 when a budget is missed.", Recursive = true };

    private static readonly Option<string> Database = new("--database")
    {
        Description = "postgresql, sqlite or both.",
        DefaultValueFactory = _ => "both",
    };

    public static RootCommand CreateRoot()
    {
        Database.AcceptOnlyFromAmong("postgresql", "sqlite", "both");
        return new RootCommand("Measures Herald's paths, each against a bare baseline in the same run.")
        {
            Check, CreateAll(), CreateCampaign(), CreatePace(), CreateWebhooks(), CreateStop(), CreateRead(), CreateImport(), CreateScale(), CreateMemory(),
            SimulatorProcess.CreateCommand(),
        };
    }

    private static Command CreateAll()
    {
        var tiny = new Option<bool>("--tiny") { Description = "Only show that everything runs." };
        return Create("all", "Every benchmark.", [Database, tiny], (result, ct) =>
        {
            var sizes = result.GetValue(tiny) ? BenchmarkSizes.Tiny : Full;
            return ForEachDatabaseAsync(result, provider => AllAsync(provider, sizes, ct));
        });
    }

    private static async Task<IReadOnlyList<Figure>> AllAsync(DatabaseProvider provider, BenchmarkSizes sizes, CancellationToken ct)
    {
        List<Figure> figures = [.. await CampaignBenchmark.RunAsync(provider, sizes.Recipients, ct)];
        foreach (var rate in sizes.Rates)
            figures.AddRange(await PaceBenchmark.RunAsync(provider, rate, sizes.PaceSeconds, ct));
        figures.AddRange(await AcknowledgementBenchmark.RunAsync(provider, sizes.Events, sizes.EventSeconds, ct));
        figures.AddRange(await StopBenchmark.RunAsync(provider, sizes.Stops, ct));
        figures.AddRange(await ReadBenchmark.RunAsync(provider, sizes.ReadTime, ct));
        figures.AddRange(await ImportBenchmark.RunAsync(provider, sizes.ImportRows, ct));
        figures.AddRange(await ScaleBenchmark.CompareAsync(provider, sizes.ScaleFewer, sizes.ScaleMore, ct));
        return figures;
    }

    private static Command CreateCampaign()
    {
        var recipients = Number("--recipients", "Messages that are measured; up to 60,000 more warm up.", Full.Recipients);
        return Create("campaign", "A campaign end to end against a bare loop of HTTP requests.", [Database, recipients], (result, ct) =>
            ForEachDatabaseAsync(result, provider => CampaignBenchmark.RunAsync(provider, result.GetValue(recipients), ct)));
    }

    private static Command CreatePace()
    {
        var rate = Number("--rate", "80 or 1,000 messages a second: Meta's two levels.", PaceBenchmark.High);
        rate.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is not (PaceBenchmark.Standard or PaceBenchmark.High))
                result.AddError("--rate is 80 or 1000.");
        });
        var seconds = Number("--seconds", "How long.", Full.PaceSeconds);
        return Create("pace", "Whether one sender holds the pace of its level.", [Database, rate, seconds], (result, ct) =>
            ForEachDatabaseAsync(result, provider => PaceBenchmark.RunAsync(provider, result.GetValue(rate), result.GetValue(seconds), ct)));
    }

    private static Command CreateWebhooks()
    {
        var rate = Number("--rate", "Deliveries a second, with one status each.", Full.Events);
        var seconds = Number("--seconds", "How long.", Full.EventSeconds);
        return Create("webhooks", "How long deliveries wait for their acknowledgement.", [Database, rate, seconds], (result, ct) =>
            ForEachDatabaseAsync(result, provider => AcknowledgementBenchmark.RunAsync(provider, result.GetValue(rate), result.GetValue(seconds), ct)));
    }

    private static Command CreateStop()
    {
        var stops = Number("--stops", "People who say STOP.", Full.Stops);
        return Create("stop", "How long a STOP takes until it holds.", [Database, stops], (result, ct) =>
            ForEachDatabaseAsync(result, provider => StopBenchmark.RunAsync(provider, result.GetValue(stops), ct)));
    }

    private static Command CreateRead()
    {
        var seconds = Number("--seconds", "Length of each of the eight rounds.", (int)Full.ReadTime.TotalSeconds);
        return Create("read", "A gRPC read against an empty method.", [Database, seconds], (result, ct) =>
            ForEachDatabaseAsync(result, provider => ReadBenchmark.RunAsync(provider, TimeSpan.FromSeconds(result.GetValue(seconds)), ct)));
    }

    private static Command CreateImport()
    {
        var rows = Number("--rows", "People in the file.", Full.ImportRows);
        return Create("import", "An import, on PostgreSQL against a bare binary COPY.", [Database, rows], (result, ct) =>
            ForEachDatabaseAsync(result, provider => ImportBenchmark.RunAsync(provider, result.GetValue(rows), ct)));
    }

    private static Command CreateScale()
    {
        var recipients = Number("--recipients", "People of the one campaign.", Full.ScaleFewer);
        var machine = new Option<bool>(ScaleBenchmark.MachineOption) { Description = "Print one line of JSON instead of the table.", Hidden = true };
        var command = new Command(ScaleBenchmark.CommandName, "Cost of one campaign, import included.") { Database, recipients, machine };
        command.SetAction(async (result, ct) =>
        {
            var output = result.InvocationConfiguration.Output;
            foreach (var provider in Providers(result.GetValue(Database)))
            {
                var run = await ScaleBenchmark.RunAsync(provider, result.GetValue(recipients), ct);
                output.WriteLine(result.GetValue(machine) ? JsonSerializer.Serialize(run) : FigureTable.Format(run.ToFigures()));
            }
            return 0;
        });
        return command;
    }

    private static Command CreateMemory()
    {
        var fewer = Number("--fewer", "People of the small campaign.", Full.ScaleFewer);
        var more = Number("--more", "People of the large campaign.", 1_000_000);
        return Create("memory", "The host's memory at two sizes, each in a fresh process.", [Database, fewer, more], (result, ct) =>
            ForEachDatabaseAsync(result, provider => ScaleBenchmark.CompareAsync(provider, result.GetValue(fewer), result.GetValue(more), ct)));
    }

    private static Option<int> Number(string name, string description, int value) =>
        new(name) { Description = description, DefaultValueFactory = _ => value };

    private static async Task<IReadOnlyList<Figure>> ForEachDatabaseAsync(
        ParseResult result, Func<DatabaseProvider, Task<IReadOnlyList<Figure>>> run)
    {
        var figures = new List<Figure>();
        foreach (var provider in Providers(result.GetValue(Database)))
            figures.AddRange(await run(provider));
        return figures;
    }

    private static DatabaseProvider[] Providers(string? database) => database switch
    {
        "postgresql" => [DatabaseProvider.PostgreSql],
        "sqlite" => [DatabaseProvider.Sqlite],
        _ => [DatabaseProvider.PostgreSql, DatabaseProvider.Sqlite],
    };

    private static Command Create(
        string name, string description, Option[] options, Func<ParseResult, CancellationToken, Task<IReadOnlyList<Figure>>> run)
    {
        var command = new Command(name, description);
        foreach (var option in options)
            command.Options.Add(option);
        command.SetAction(async (result, ct) =>
        {
            var figures = await run(result, ct);
            result.InvocationConfiguration.Output.Write(FigureTable.Format(figures));
            return result.GetValue(Check) && !FigureTable.AllMet(figures) ? 1 : 0;
        });
        return command;
    }
}

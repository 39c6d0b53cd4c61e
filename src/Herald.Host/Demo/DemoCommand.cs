using System.CommandLine;
using Grpc.Core;

namespace Herald.Host.Demo;

/// <summary><c>demo</c>: the main job, live, on this machine alone.</summary>
internal static class DemoCommand
{
    private const int RecipientsDefault = 1_000;
    private const int RecipientsMin = 20;
    private const int RecipientsMax = 100_000;

    public static Command Create()
    {
        var recipients = new Option<int>("--recipients")
        {
            Description = $"People in the contacts file, {RecipientsMin} to {RecipientsMax:N0}.",
            DefaultValueFactory = _ => RecipientsDefault,
        };
        recipients.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < RecipientsMin or > RecipientsMax)
                result.AddError($"--recipients must be {RecipientsMin} to {RecipientsMax}.");
        });
        var seed = new Option<int>("--seed") { Description = "Decides what the simulated people do.", DefaultValueFactory = _ => 1 };
        var database = new Option<string?>("--database")
        {
            Description = "An empty PostgreSQL database to use, such as \"Host=localhost;Database=demo;Username=me\". Default: SQLite in a temporary file.",
        };
        var stay = new Option<bool>("--stay") { Description = "Keep serving afterwards, until Ctrl+C." };
        var command = new Command("demo", "Show one campaign from CSV to report, with a simulated WhatsApp on this machine.")
        {
            recipients, seed, database, stay,
        };
        command.SetAction((result, ct) => RunAsync(new DemoOptions(
            result.GetValue(recipients), result.GetValue(seed), result.GetValue(database), result.GetValue(stay)), ct));
        return command;
    }

    private static async Task<int> RunAsync(DemoOptions options, CancellationToken ct)
    {
        var screen = DemoScreen.Create();
        try
        {
            await using var world = await DemoWorld.StartAsync(options, ct);
            var run = new DemoRun(world, options, screen);
            var failures = await run.RunAsync(ct);
            screen.Verdict(failures);
            screen.WhatNext(world, run.Draft);
            if (options.Stay)
                await world.ServeAsync(ct);
            return failures.Count == 0 ? 0 : 1;
        }
        catch (DemoException problem)
        {
            screen.Problem(problem.Message);
            return 1;
        }
        catch (RpcException error)
        {
            screen.Problem($"{error.StatusCode}: {error.Status.Detail}");
            return 1;
        }
    }
}

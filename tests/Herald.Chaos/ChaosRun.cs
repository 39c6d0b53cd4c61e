using Grpc.Core;
using Herald.Chaos.Verdicts;
using Herald.Contracts.Campaigns.V1;
using Npgsql;

namespace Herald.Chaos;

/// <summary>One run: launch in peace, trouble, rest, verdict.</summary>
internal static class ChaosRun
{
    /// <param name="options">What is run.</param>
    /// <param name="output">Where its progress goes.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task<Verdict> RunAsync(ChaosOptions options, TextWriter output, CancellationToken ct)
    {
        output.WriteLine($"{options.Recipients:N0} recipients, {options.Senders} senders, {options.Hosts} hosts, {options.FaultPercent} % faults, seed {options.Seed}");
        await using var world = await ChaosWorld.StartAsync(options, output, ct);
        try
        {
            await world.LaunchAsync(ct);
        }
        catch (RpcException)
        {
            output.WriteLine(world.LastWords);
            throw;
        }
        output.WriteLine("The campaigns are launched; the trouble begins.");
        var trouble = new Trouble(world, output);
        await trouble.RunAsync(ct);

        output.WriteLine($"The trouble is over after {trouble.Lasted.TotalSeconds:0} s; everything comes to rest.");
        var started = TimeProvider.System.GetTimestamp();
        var unrest = await RestAsync(world, ct);
        var rest = TimeProvider.System.GetElapsedTime(started);
        var evidence = await Evidence.GatherAsync(world, ct);
        return Judge.Decide(world, trouble, evidence, rest, unrest);
    }

    /// <summary>Waits until nothing happens any more; returns what still did when the limit was over.</summary>
    private static async Task<string?> RestAsync(ChaosWorld world, CancellationToken ct)
    {
        var unrest = "";
        try
        {
            await ChaosWorld.EventuallyAsync("everything comes to rest", world.Options.RestLimit, async () => (unrest = await UnrestAsync(world, ct)).Length == 0, ct);
            return null;
        }
        catch (TimeoutException)
        {
            return unrest;
        }
    }

    private static async Task<string> UnrestAsync(ChaosWorld world, CancellationToken ct)
    {
        var state = world.Simulator.Control.GetState();
        if (!state.IsQuiet)
            return $"{state.ScheduledEvents} events of people and {state.UpdatesPending} webhooks are under way";
        try
        {
            using var partner = world.Ask();
            foreach (var name in world.Campaigns)
            {
                var campaign = await partner.GetCampaignAsync(name, ct);
                if (campaign.State != CampaignState.Completed)
                {
                    var report = await partner.GetReportAsync(name, ct);
                    return $"{name} is {campaign.State}: {report.QueuedCount} queued, {report.InFlightCount} in flight, {report.UnknownCount} unknown";
                }
            }
            var unknown = await world.Unknown.LookAsync(world.ConnectionString, ct);
            if (unknown > 0 && world.Options.AwaitsGrace)
                return $"{unknown} messages are UNKNOWN and wait for a status";
            var open = await Evidence.CountOpenAsync(world, ct);
            return open == 0 ? "" : $"{open} messages or deliveries are open";
        }
        catch (Exception error) when (error is RpcException or NpgsqlException)
        {
            return error.Message;
        }
    }
}

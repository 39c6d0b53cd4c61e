using Herald.Chaos;
using Herald.Contracts.Campaigns.V1;
using Herald.Host.Tests.Support;
using Herald.Storage;

namespace Herald.Host.Tests.Crash;

public sealed class KillTests
{
    private const int Recipients = 5_000;
    private const int WithoutConsent = Recipients / 25;
    private static readonly TimeSpan SendLimit = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan SettleLimit = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan TakeOverLimit = TimeSpan.FromSeconds(15);

    [Theory]
    [InlineData(DatabaseProvider.PostgreSql)]
    [InlineData(DatabaseProvider.Sqlite)]
    public async Task Killing_the_host_in_the_middle_of_a_campaign_sends_nothing_twice_and_loses_nothing(DatabaseProvider provider)
    {
        var (grpc, webhooks) = (HostProcess.FreeAddress(), HostProcess.FreeAddress());
        await using var world = await CrashWorld.CreateAsync(provider, webhooks);
        await using var first = await HostProcess.StartAsync(world.Settings(), grpc, webhooks);
        await world.LaunchAsync(first, Recipients);
        await SentAsync(world, Recipients / 5);

        await first.KillAsync();
        await using var second = await first.RestartAsync();
        world.TalkTo(second);

        await CompletedAsync(world);
        await AssertNothingTwiceNothingLostAsync(world);
    }

    [Fact]
    public async Task Another_node_takes_over_from_a_killed_one_within_fifteen_seconds()
    {
        var (grpc, webhooks) = (HostProcess.FreeAddress(), HostProcess.FreeAddress());
        await using var world = await CrashWorld.CreateAsync(DatabaseProvider.PostgreSql, webhooks);
        await using var first = await HostProcess.StartAsync(world.Settings(), grpc, webhooks);
        await world.LaunchAsync(first, Recipients);
        await SentAsync(world, Recipients / 50);
        await using var second = await HostProcess.StartAsync(world.Settings(), HostProcess.FreeAddress(), HostProcess.FreeAddress());
        await SentAsync(world, Recipients / 5);

        await first.KillAsync();
        world.TalkTo(second);
        var atKill = world.Simulator.Control.GetState().AcceptedSends;

        await Eventually.HoldsAsync("the other node sends", TakeOverLimit,
            () => Task.FromResult(world.Simulator.Control.GetState().AcceptedSends > atKill));
        await CompletedAsync(world);
        await AssertNothingTwiceNothingLostAsync(world);
    }

    private static Task SentAsync(CrashWorld world, int count) => Eventually.HoldsAsync($"{count} messages are sent", SendLimit,
        () => Task.FromResult(world.Simulator.Control.GetState().AcceptedSends >= count));

    private static Task CompletedAsync(CrashWorld world) => Eventually.HoldsAsync("the campaign completes", SendLimit,
        async () => (await world.GetCampaignAsync()).State == CampaignState.Completed);

    private static async Task AssertNothingTwiceNothingLostAsync(CrashWorld world)
    {
        var received = 0L;
        CampaignReport? report = null;
        // What the simulator received, its webhooks settle, UNKNOWN included; what is UNKNOWN in the end, it never received.
        await Eventually.HoldsAsync("every message has an end", SettleLimit, async () =>
        {
            var state = world.Simulator.Control.GetState();
            received = state.DistinctCallbackData;
            report = await world.GetReportAsync();
            return state.IsQuiet && report.QueuedCount + report.InFlightCount + report.AcceptedCount == 0
                && received == Recipients - WithoutConsent - report.UnknownCount;
        });

        Assert.Equal(0, world.Simulator.Control.GetState().DuplicateCallbackData);
        Assert.Equal(WithoutConsent, report!.SuppressedCount);
        Assert.Equal(Recipients, report.RecipientCount);
        Assert.Equal(received, report.SentCount + report.DeliveredCount + report.ReadCount + report.FailedCount);
    }
}

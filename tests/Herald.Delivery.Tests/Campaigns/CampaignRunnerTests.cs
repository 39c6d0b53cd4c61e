using Herald.Delivery.Tests.Support;
using Herald.Domain.Campaigns;
using Herald.Domain.Messages;
using Herald.Domain.Templates;
using Herald.Grains;
using Herald.Grains.Campaigns;
using Herald.Storage;
using Herald.Storage.Campaigns;
using Herald.Storage.Templates;

namespace Herald.Delivery.Tests.Campaigns;

/// <summary>Campaigns from launch to end.</summary>
public abstract class CampaignRunnerTests(DatabaseProvider provider) : DeliveryTest(provider)
{
    private static readonly Dictionary<string, string?> SmallBatches = new() { ["PrepareBatchSize"] = "3" };

    [Fact]
    public async Task A_launched_campaign_is_frozen_in_batches_sent_and_completed()
    {
        var campaign = await LaunchAsync(10, null);

        await StartAsync(SmallBatches);
        await UntilCampaignAsync(campaign, CampaignState.Completed);

        var report = await Node.Get<ICampaignStore>().ReportAsync(Shop.Tenant, campaign.CampaignId, default);
        Assert.Equal(10, report?.Recipients);
        Assert.Equal(10, report?.ByState[MessageState.Accepted]);
        Assert.Equal(10, Meta.Sent.Count);
        var row = await GetAsync(campaign);
        Assert.True(row is { PrepareDone: true, Recipients: 10, StartTime: not null, EndTime: not null });
    }

    [Fact]
    public async Task A_crash_between_two_batches_loses_and_repeats_nobody()
    {
        ExpectsFault = true;
        var batches = 0;
        Campaigns.After = (method, _) => method == nameof(ICampaignStore.PrepareBatchAsync) && Interlocked.Increment(ref batches) == 2
            ? Task.FromException(new InvalidOperationException("The node dies here."))
            : Task.CompletedTask;
        var campaign = await LaunchAsync(10, null);
        var dead = await StartAsync(SmallBatches);
        await Watch.UntilAsync("a crash", () => Task.FromResult(dead.Fault), fault => fault is not null);
        await dead.StopAsync();

        await StartAsync(SmallBatches);
        await UntilCampaignAsync(campaign, CampaignState.Completed);

        var rows = await Node.People.MessagesAsync(Shop.Tenant, null);
        Assert.Equal(10, rows.Select(row => row.ContactId).Distinct().Count());
        Assert.Equal((10, 10), (rows.Count, Meta.Sent.Count));
    }

    [Fact]
    public async Task A_scheduled_campaign_starts_at_its_time()
    {
        var campaign = await LaunchAsync(2, Now.AddHours(1));
        await StartAsync();
        var looks = 0;
        Campaigns.After = (method, _) =>
        {
            if (method == nameof(ICampaignStore.ListDueAsync))
                Interlocked.Increment(ref looks);
            return Task.CompletedTask;
        };
        await Watch.UntilAsync("looks", () => Task.FromResult(Volatile.Read(ref looks)), seen => seen > 3);
        Assert.Equal(CampaignState.Scheduled, (await GetAsync(campaign)).State);
        Assert.Empty(Meta.Sent);

        Clock.PutForward(TimeSpan.FromHours(1));

        await UntilCampaignAsync(campaign, CampaignState.Completed);
        Assert.Equal(2, Meta.Sent.Count);
    }

    [Fact]
    public async Task A_scheduled_campaign_whose_template_was_paused_fails_with_the_reason()
    {
        var campaign = await LaunchAsync(2, Now.AddHours(1));
        var templates = Node.Get<ITemplateStore>();
        var template = await templates.GetAsync(Shop.Tenant, Shop.Template, default);
        await templates.UpdateAsync(template! with { State = TemplateState.Paused }, default);
        Clock.PutForward(TimeSpan.FromHours(1));

        await StartAsync();
        var failed = await UntilCampaignAsync(campaign, CampaignState.Failed);

        Assert.Contains("template", failed.StateDetail, StringComparison.OrdinalIgnoreCase);
        Assert.Empty(Meta.Sent);
    }

    [Fact]
    public async Task A_paused_campaign_sends_nothing_until_it_is_resumed()
    {
        var campaign = await AddQueuedAsync(3);
        await Grain(campaign).Pause(new PauseCampaign { Actor = "test", Cause = (int)PauseCause.Owner });
        await StartAsync();
        var looks = 0;
        Messages.After = (method, _) =>
        {
            if (method == nameof(Storage.Messages.IMessageStore.ListDueAsync))
                Interlocked.Increment(ref looks);
            return Task.CompletedTask;
        };
        await Watch.UntilAsync("looks", () => Task.FromResult(Volatile.Read(ref looks)), seen => seen > 3);
        Assert.Empty(Meta.Sent);

        await Grain(campaign).Resume(new CampaignCommand { Actor = "test" });

        await UntilAllAreAsync(MessageState.Accepted);
    }

    [Fact]
    public async Task Cancelling_while_it_sends_cancels_the_queue_and_keeps_what_was_sent()
    {
        var sending = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var answer = new TaskCompletionSource();
        Meta.Answer = async (_, number) =>
        {
            sending.TrySetResult();
            await answer.Task;
            return FakeMeta.Accepted(number);
        };
        var campaign = await AddQueuedAsync(10);
        await StartAsync(new Dictionary<string, string?> { ["ConcurrencyPerSender"] = "1" });
        await sending.Task;

        await Grain(campaign).Cancel(new CampaignCommand { Actor = "test" });
        answer.SetResult();

        var rows = await UntilAllAsync("an end of all", row => row.State is MessageState.Accepted or MessageState.Cancelled);
        Assert.Equal(Meta.Sent.Count, rows.Count(row => row.State == MessageState.Accepted));
        Assert.Equal(1, rows.Count(row => row.State == MessageState.Accepted));
    }

    [Fact]
    public async Task What_a_node_left_queued_when_it_died_while_cancelling_is_swept()
    {
        var campaign = await AddQueuedAsync(5);
        var store = Node.Get<ICampaignStore>();
        Assert.NotNull(await store.UpdateAsync((await GetAsync(campaign)) with { State = CampaignState.Cancelled, EndTime = Now }, default));

        await StartAsync();

        await UntilAllAreAsync(MessageState.Cancelled);
        Assert.Empty(Meta.Sent);
    }

    [Fact]
    public async Task A_large_audience_does_not_keep_a_small_one_waiting()
    {
        var large = await LaunchAsync(60, null);
        var list = await Node.People.AddListAsync(Shop.Tenant);
        await Node.People.AddPersonAsync(Shop.Tenant, list, "16505559000", isOptedIn: true);
        var small = await Node.People.AddCampaignAsync(Shop with { List = list }, CampaignState.Preparing);
        List<CampaignId> order = [];
        Campaigns.Before = (method, arguments) =>
        {
            if (method == nameof(ICampaignStore.PrepareBatchAsync))
                order.Add(Assert.IsType<CampaignId>(arguments[1]));
            return Task.CompletedTask;
        };

        await StartAsync(new Dictionary<string, string?> { ["PrepareBatchSize"] = "1" });
        await UntilCampaignAsync(large, CampaignState.Completed);
        await UntilCampaignAsync(small, CampaignState.Completed);

        Assert.InRange(order.IndexOf(small.CampaignId), 1, 30);
    }

    private async Task<CampaignRow> LaunchAsync(int people, DateTimeOffset? time)
    {
        await Node.People.AddPeopleAsync(Shop, people);
        var campaign = await Node.People.AddCampaignAsync(Shop, CampaignState.Draft);
        Assert.True((await Grain(campaign).Launch(new LaunchCampaign { Actor = "test", ScheduleTime = time })).IsAccepted);
        return campaign;
    }

    private ICampaignGrain Grain(CampaignRow campaign) =>
        Node.Grains.GetGrain<ICampaignGrain>(GrainKeys.Campaign(campaign.TenantId, campaign.CampaignId));
}

public sealed class SqliteCampaignRunnerTests() : CampaignRunnerTests(DatabaseProvider.Sqlite);

public sealed class PostgreSqlCampaignRunnerTests() : CampaignRunnerTests(DatabaseProvider.PostgreSql);

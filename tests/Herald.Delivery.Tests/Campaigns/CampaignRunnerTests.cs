using System.Security.Cryptography;
using Herald.Delivery.Tests.Support;
using Herald.Domain.Campaigns;
using Herald.Domain.Messages;
using Herald.Domain.Senders;
using Herald.Domain.Templates;
using Herald.Domain.Tenants;
using Herald.Grains;
using Herald.Grains.Campaigns;
using Herald.Storage;
using Herald.Storage.Audit;
using Herald.Storage.Campaigns;
using Herald.Storage.Contacts;
using Herald.Storage.Templates;
using Herald.Storage.Tenants;

namespace Herald.Delivery.Tests.Campaigns;

/// <summary>Campaigns from launch to end.</summary>
public abstract class CampaignRunnerTests(DatabaseProvider provider) : DeliveryTest(provider)
{
    private const string OwnerPhone = "16505558000";
    private const string Id = "0199aaaa-0000-7000-8000-000000000042";

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

    [Theory]
    [InlineData(TemplateState.Paused, "paused")]
    [InlineData(TemplateState.Disabled, "disabled")]
    [InlineData(TemplateState.Rejected, "rejected")]
    [InlineData(TemplateState.Deleted, "deleted")]
    public async Task A_running_campaign_whose_template_stopped_is_paused_with_the_reason_and_goes_on_when_it_is_approved(TemplateState state, string word)
    {
        var campaign = await AddQueuedAsync(2);
        await MoveTemplateAsync(state);

        await StartAsync();
        var paused = await UntilCampaignAsync(campaign, CampaignState.Paused);

        Assert.Equal((PauseCause.TemplatePaused, "meta"), (paused.PauseCause, paused.PauseActor));
        Assert.Contains(word, paused.StateDetail, StringComparison.Ordinal);
        var audited = await Watch.UntilAsync(
            "an entry in the audit", () => Node.Get<IAuditStore>().ListAsync(Shop.Tenant, null, 10, default),
            rows => rows.Any(row => row.Action == "PauseCampaign"));
        Assert.Contains(word, Assert.Single(audited, row => row.Action == "PauseCampaign").Detail, StringComparison.Ordinal);
        Assert.Empty(Meta.Sent);
        Clock.PutForward(TimeSpan.FromMinutes(1));
        await MoveTemplateAsync(TemplateState.Approved);
        await UntilCampaignAsync(campaign, CampaignState.Completed);
        Assert.Equal(2, Meta.Sent.Count);
    }

    [Fact]
    public async Task A_sender_that_stopped_while_the_audience_was_frozen_pauses_the_campaign_until_it_can_send()
    {
        var campaign = await LaunchAsync(2, null);
        await MoveSenderAsync(SenderState.Restricted, "WhatsApp asks for patience.");

        await StartAsync();
        var paused = await UntilCampaignAsync(campaign, CampaignState.Paused);

        Assert.Equal((PauseCause.SenderUnavailable, "WhatsApp asks for patience."), (paused.PauseCause, paused.StateDetail));
        Clock.PutForward(TimeSpan.FromMinutes(1));
        await MoveSenderAsync(SenderState.Active, "");
        await UntilCampaignAsync(campaign, CampaignState.Completed);
        Assert.Equal(2, Meta.Sent.Count);
    }

    [Fact]
    public async Task Owners_are_told_once_that_the_template_paused_a_campaign()
    {
        var system = await Node.People.AddTenantAsync("Herald", TenantKind.System);
        var control = await Node.People.AddSenderAsync(system, "900", SenderKind.Control, "token");
        var contact = await Node.People.AddPersonAsync(system, null, OwnerPhone, isOptedIn: false);
        await Node.Get<IContactStore>().TouchWindowAsync(system, contact, control, Now, default);
        var code = SHA256.HashData("123456"u8);
        Assert.True(await Node.Get<IOwnerStore>().CreateLinkCodeAsync(Shop.Tenant, code, OwnerRole.Owner, "en", Now, Now.AddMinutes(5), default));
        Assert.NotNull(await Node.Get<IOwnerStore>().RedeemLinkCodeAsync(code, OwnerPhone, new OwnerId(Guid.Parse(Id)), Now, default));
        var campaign = await AddQueuedAsync(1);
        await MoveTemplateAsync(TemplateState.Paused);

        await StartAsync();
        await Watch.UntilAsync("a notice", () => Node.People.MessagesAsync(system, contact), rows => rows.Count > 0);
        await UntilCampaignAsync(campaign, CampaignState.Paused);

        var notice = Assert.Single(await Node.People.MessagesAsync(system, contact));
        Assert.StartsWith($"notice:{Id}:TemplatePaused:{campaign.CampaignId}:", notice.DedupeKey, StringComparison.Ordinal);
    }

    private async Task MoveTemplateAsync(TemplateState state)
    {
        var row = await Node.Get<ITemplateStore>().GetAsync(Shop.Tenant, Shop.Template, default);
        Assert.NotNull(await Node.Get<ITemplateStore>().UpdateAsync(row! with { State = state, UpdateTime = Now }, default));
    }

    private async Task MoveSenderAsync(SenderState state, string reason)
    {
        var row = await Node.Get<ISenderStore>().GetAsync(Shop.Tenant, Shop.Sender, default);
        Assert.NotNull(await Node.Get<ISenderStore>().UpdateAsync(row! with { State = state, StateReason = reason, UpdateTime = Now }, default));
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

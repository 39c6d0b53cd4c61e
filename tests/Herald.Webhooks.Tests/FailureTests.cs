using System.Text.Json.Nodes;
using Herald.Domain.Campaigns;
using Herald.Domain.Messages;
using Herald.Domain.Senders;
using Herald.Domain.Templates;
using Herald.Storage;
using Herald.Storage.Campaigns;
using Herald.Storage.Contacts;
using Herald.Storage.Leases;
using Herald.Storage.Messages;
using Herald.Storage.Portfolios;
using Herald.Storage.Templates;
using Herald.Storage.Tenants;
using Herald.Storage.Webhooks;
using Herald.Testing;
using Herald.Webhooks.Tests.Support;

namespace Herald.Webhooks.Tests;

/// <summary>What Meta reports of failures after it took a message, and of accounts and numbers.</summary>
public abstract class FailureTests(DatabaseProvider provider) : WebhookTest(provider)
{
    private const string Waba = "9" + Number;

    private ISenderStore Senders => Node.Get<ISenderStore>();

    [Fact]
    public async Task A_failure_that_is_told_twice_stops_the_sender_once_and_queues_the_message_once()
    {
        var (message, campaign) = await AddAcceptedAsync();
        var failed = WebhookBody.Empty.Status(Number, "wamid.1", "failed", Now, null, 131042);

        await Edge.DeliverAndProcessAsync(failed);
        await Edge.DeliverAndProcessAsync(WebhookBody.Empty.Status(Number, "wamid.1", "failed", Now, null, 131042).Text(Number, Ana, "w1", "hello", Now));

        var row = await Node.Get<IMessageStore>().GetAsync(Shop.Tenant, message, default);
        Assert.Equal((MessageState.Queued, 131042), (row?.State, row?.ErrorCode));
        Assert.Equal(SenderState.Restricted, (await SenderAsync()).State);
        var paused = await Node.Get<ICampaignStore>().GetAsync(Shop.Tenant, campaign, default);
        Assert.Equal((CampaignState.Paused, PauseCause.SenderUnavailable), (paused?.State, paused?.PauseCause));
        Assert.Contains("131042", paused!.StateDetail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_campaign_that_had_completed_runs_again_and_is_paused_for_what_stopped_it()
    {
        var (message, campaign) = await AddAcceptedAsync();
        Assert.True(await Node.Get<ICampaignStore>().CompleteAsync(Shop.Tenant, campaign, Now, default));

        await Edge.DeliverAndProcessAsync(WebhookBody.Empty.Status(Number, "wamid.1", "failed", Now, null, 132015));

        Assert.Equal(MessageState.Queued, (await Node.Get<IMessageStore>().GetAsync(Shop.Tenant, message, default))?.State);
        var paused = await Node.Get<ICampaignStore>().GetAsync(Shop.Tenant, campaign, default);
        Assert.Equal((CampaignState.Paused, PauseCause.TemplatePaused, null), (paused?.State, paused?.PauseCause, paused?.EndTime));
    }

    [Fact]
    public async Task A_failure_from_before_the_sender_came_back_does_not_stop_it_again()
    {
        await AddAcceptedAsync();
        var failedAt = Now;
        Clock.PutForward(TimeSpan.FromMinutes(10));
        await Senders.UpdateAsync(await SenderAsync() with { State = SenderState.Restricted, UpdateTime = Now }, default);
        await Senders.UpdateAsync(await SenderAsync() with { State = SenderState.Active, UpdateTime = Now }, default);

        await Edge.DeliverAndProcessAsync(WebhookBody.Empty.Status(Number, "wamid.1", "failed", failedAt, null, 131048));

        Assert.Equal(SenderState.Active, (await SenderAsync()).State);
    }

    [Fact]
    public async Task A_refusal_from_before_the_template_was_approved_again_pauses_neither_it_nor_the_campaign()
    {
        var (message, campaign) = await AddAcceptedAsync();
        var templates = Node.Get<ITemplateStore>();
        var failedAt = Now;
        Clock.PutForward(TimeSpan.FromMinutes(10));
        var template = Assert.IsType<TemplateRow>(await templates.GetAsync(Shop.Tenant, Shop.Template, default));
        template = Assert.IsType<TemplateRow>(await templates.UpdateAsync(template with { State = TemplateState.Paused, UpdateTime = Now }, default));
        await templates.UpdateAsync(template with { State = TemplateState.Approved, UpdateTime = Now }, default);

        await Edge.DeliverAndProcessAsync(WebhookBody.Empty.Status(Number, "wamid.1", "failed", failedAt, null, 132015));

        Assert.Equal(MessageState.Queued, (await Node.Get<IMessageStore>().GetAsync(Shop.Tenant, message, default))?.State);
        Assert.Equal(TemplateState.Approved, (await templates.GetAsync(Shop.Tenant, Shop.Template, default))?.State);
        Assert.Equal(CampaignState.Running, (await Node.Get<ICampaignStore>().GetAsync(Shop.Tenant, campaign, default))?.State);
    }

    [Theory]
    [InlineData(-30, 0)]
    [InlineData(0, 1)]
    public async Task An_approval_that_is_told_late_frees_only_what_was_paused_before_it_was_given(int toldMinutes, int freed)
    {
        await AddAcceptedAsync();
        Clock.PutForward(TimeSpan.FromHours(1));
        await Edge.DeliverAndProcessAsync(WebhookBody.Empty.Status(Number, "wamid.1", "failed", Now, null, 131055));
        Clock.PutForward(TimeSpan.FromMinutes(10));

        await Edge.DeliverAndProcessAsync(new WebhookBody { Time = Now.AddMinutes(toldMinutes) }.TemplateStatus("meta-spring_sale", "APPROVED", "NONE"));

        Assert.Equal(freed, (await Node.Get<ICampaignStore>().ListLiftableAsync(10, default)).Count);
    }

    [Theory]
    [InlineData(131064, -2, CampaignState.Running)]
    [InlineData(131064, 0, CampaignState.Paused)]
    [InlineData(131055, -2, CampaignState.Running)]
    [InlineData(131055, 0, CampaignState.Paused)]
    public async Task A_failure_from_before_a_campaign_was_resumed_does_not_pause_it_again(int code, int failedSecondsAfter, CampaignState expected)
    {
        var (message, campaign) = await AddAcceptedAsync();
        var other = (await Node.People.AddCampaignAsync(Shop, CampaignState.Running)).CampaignId;
        var campaigns = Node.Get<ICampaignStore>();
        Clock.PutForward(TimeSpan.FromMinutes(10));
        var resumed = Now;
        foreach (var id in (CampaignId[])[campaign, other])
        {
            var row = Assert.IsType<CampaignRow>(await campaigns.GetAsync(Shop.Tenant, id, default));
            Assert.NotNull(await campaigns.UpdateAsync(row with { UpdateTime = resumed }, default));
        }

        await Edge.DeliverAndProcessAsync(
            WebhookBody.Empty.Status(Number, "wamid.1", "failed", resumed.AddSeconds(failedSecondsAfter), null, code));

        Assert.Equal(expected, (await campaigns.GetAsync(Shop.Tenant, campaign, default))?.State);
        Assert.Equal(
            code == 131064 ? expected : CampaignState.Running, (await campaigns.GetAsync(Shop.Tenant, other, default))?.State);
        Assert.Equal(MessageState.Queued, (await Node.Get<IMessageStore>().GetAsync(Shop.Tenant, message, default))?.State);
    }

    [Fact]
    public async Task A_campaign_that_completed_long_after_the_failure_runs_again_and_is_paused_for_it()
    {
        var (_, campaign) = await AddAcceptedAsync();
        var failedAt = Now;
        Clock.PutForward(TimeSpan.FromMinutes(10));
        Assert.True(await Node.Get<ICampaignStore>().CompleteAsync(Shop.Tenant, campaign, Now, default));

        await Edge.DeliverAndProcessAsync(WebhookBody.Empty.Status(Number, "wamid.1", "failed", failedAt, null, 131055));

        Assert.Equal(CampaignState.Paused, (await Node.Get<ICampaignStore>().GetAsync(Shop.Tenant, campaign, default))?.State);
    }

    [Fact]
    public async Task Of_a_failure_that_is_told_after_the_person_was_erased_the_words_of_Meta_are_not_kept()
    {
        var (message, _) = await AddAcceptedAsync();
        var ana = await Node.People.FindAsync(Shop.Tenant, Ana);
        await Node.Get<IContactStore>().DeleteAsync(Shop.Tenant, ana, null, Now, default);

        await Edge.DeliverAndProcessAsync(WebhookBody.Empty.Status(Number, "wamid.1", "failed", Now, null, 131021));

        var row = Assert.IsType<MessageRow>(await Node.Get<IMessageStore>().GetAsync(Shop.Tenant, message, default));
        Assert.Equal((MessageState.Failed, 131021), (row.State, row.ErrorCode));
        Assert.Equal(("This contact cannot receive the message.", ""), (FailureText.Read(row.ErrorDetail).Explanation, FailureText.Read(row.ErrorDetail).Detail));
    }

    [Fact]
    public async Task Who_could_not_be_reached_can_be_reached_when_they_write()
    {
        await AddAcceptedAsync();
        await Edge.DeliverAndProcessAsync(WebhookBody.Empty.Status(Number, "wamid.1", "failed", Now, null, 131026));
        var ana = await Node.People.FindAsync(Shop.Tenant, Ana);
        Assert.Equal(131026, (await Node.Get<IContactStore>().GetAsync(Shop.Tenant, ana, default))?.UnreachableCode);

        await Edge.DeliverAndProcessAsync(WebhookBody.Empty.Text(Number, Ana, "w1", "hello", Now));

        Assert.Equal(0, (await Node.Get<IContactStore>().GetAsync(Shop.Tenant, ana, default))?.UnreachableCode);
    }

    [Fact]
    public async Task A_code_that_nobody_knows_fails_its_message_and_is_counted()
    {
        var (message, _) = await AddAcceptedAsync();

        await Edge.DeliverAndProcessAsync(WebhookBody.Empty.Status(Number, "wamid.1", "failed", Now, null, 999999));

        var row = await Node.Get<IMessageStore>().GetAsync(Shop.Tenant, message, default);
        Assert.Equal((MessageState.Failed, 999999), (row?.State, row?.ErrorCode));
        Assert.Equal(1, (await Node.Get<IWebhookInbox>().ListUnknownAsync(default)).Single(kind => kind.Kind == "error:999999").Count);
    }

    [Fact]
    public async Task A_restriction_of_the_account_stops_its_senders_until_it_ends()
    {
        var until = Now.AddDays(3);
        var (_, campaign) = await AddAcceptedAsync();

        await Edge.DeliverAndProcessAsync(Account(new JsonObject
        {
            ["event"] = "ACCOUNT_RESTRICTION",
            ["restriction_info"] = new JsonArray(new JsonObject
            {
                ["restriction_type"] = "RESTRICTED_BIZ_INITIATED_MESSAGING",
                ["expiration"] = until.ToUnixTimeSeconds(),
            }),
        }));

        var sender = await SenderAsync();
        Assert.Equal(SenderState.Restricted, sender.State);
        Assert.NotEmpty(sender.StateReason);
        Assert.InRange(sender.CheckTime!.Value, until.AddSeconds(-2), until.AddSeconds(2));
        Assert.Equal(CampaignState.Paused, (await Node.Get<ICampaignStore>().GetAsync(Shop.Tenant, campaign, default))?.State);
    }

    [Fact]
    public async Task A_disabled_account_is_stopped_and_looked_at_once_it_is_reinstated()
    {
        await Edge.DeliverAndProcessAsync(Account(Ban("DISABLE")));
        var disabled = await SenderAsync();
        Assert.Equal((SenderState.Restricted, null), (disabled.State, disabled.CheckTime));

        await Edge.DeliverAndProcessAsync(Account(Ban("REINSTATE")));

        Assert.NotNull((await SenderAsync()).CheckTime);
        Assert.Single(await Senders.ListToCheckAsync(Now, 10, default));
    }

    [Fact]
    public async Task A_flag_that_is_gone_has_its_number_looked_at_and_no_other()
    {
        var other = await Node.People.AddSenderAsync(Shop.Tenant, "101", SenderKind.Business, "EAAother");
        foreach (var id in new[] { Shop.Sender, other })
        {
            var row = await Senders.GetAsync(Shop.Tenant, id, default);
            await Senders.UpdateAsync(row! with { State = SenderState.Restricted, WabaId = Waba, UpdateTime = Now }, default);
        }
        await Senders.UpdateAsync((await Senders.GetAsync(Shop.Tenant, other, default))! with { DisplayPhoneNumber = "+1 650-555-0199", UpdateTime = Now }, default);

        await Edge.DeliverAndProcessAsync(new WebhookBody { WabaId = Waba }.Change(
            "phone_number_quality_update", new JsonObject { ["event"] = "UNFLAGGED", ["display_phone_number"] = "16505550100" }));

        Assert.Equal(Shop.Sender, Assert.Single(await Senders.ListToCheckAsync(Now, 10, default)).SenderId);
    }

    [Fact]
    public async Task A_raised_throughput_is_told_to_whoever_sends_for_the_number_and_stops_nothing()
    {
        var row = await SenderAsync();
        await Senders.UpdateAsync(row with { WabaId = Waba, UpdateTime = Now }, default);
        var told = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var subscription = await Node.Get<IDatabaseSignals>().ListenAsync(SignalChannels.LevelChannel, payload => told.TrySetResult(payload));

        await Edge.DeliverAndProcessAsync(new WebhookBody { WabaId = Waba }.Change(
            "phone_number_quality_update", new JsonObject { ["event"] = "THROUGHPUT_UPGRADE", ["display_phone_number"] = "16505550100" }));

        Assert.Equal(SignalChannels.Queue(Shop.Tenant, Shop.Sender), await told.Task.WaitAsync(TimeSpan.FromSeconds(30)));
        Assert.Equal(SenderState.Active, (await SenderAsync()).State);
        // Whoever was not there to hear it reads it.
        Assert.InRange(Now - (await SenderAsync()).LevelNewsTime!.Value, TimeSpan.Zero, TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task A_status_that_tells_of_too_many_messages_reaches_whoever_sends_for_the_number_once_a_batch()
    {
        var (message, _) = await AddAcceptedAsync();
        var told = new List<string>();
        var isOver = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var subscription = await Node.Get<IDatabaseSignals>().ListenAsync(SignalChannels.SlowDownChannel, payload =>
        {
            if (payload == "end")
                isOver.TrySetResult();
            else
                told.Add(payload);
        });

        await Edge.DeliverAndProcessAsync(WebhookBody.Empty
            .Status(Number, "wamid.1", "failed", Now, null, 130429).Status(Number, "wamid.1", "failed", Now, null, 130429));
        // Told already: it says nothing new.
        await Edge.DeliverAndProcessAsync(WebhookBody.Empty
            .Status(Number, "wamid.1", "failed", Now, null, 130429).Text(Number, Ana, "w1", "hello", Now));
        await Node.Get<IDatabaseSignals>().PublishAsync(SignalChannels.SlowDownChannel, "end", default);
        await isOver.Task.WaitAsync(TimeSpan.FromSeconds(30));

        Assert.Equal(SignalChannels.Queue(Shop.Tenant, Shop.Sender), Assert.Single(told));
        Assert.Equal(SenderState.Throttled, (await SenderAsync()).State);
        Assert.Equal(MessageState.Queued, (await Node.Get<IMessageStore>().GetAsync(Shop.Tenant, message, default))?.State);
    }

    [Fact]
    public async Task An_account_that_is_no_longer_shared_disconnects_its_senders()
    {
        await Edge.DeliverAndProcessAsync(Account(new JsonObject { ["event"] = "PARTNER_REMOVED" }));

        Assert.Equal(SenderState.Disconnected, (await SenderAsync()).State);
    }

    [Fact]
    public async Task A_new_limit_holds_for_the_portfolio_of_the_account_and_an_old_one_that_comes_again_does_not()
    {
        var portfolios = Node.Get<IPortfolioStore>();
        await portfolios.SetAsync(new PortfolioRow { PortfolioId = "portfolio-1", PeopleMax = 250, ReservePercent = 10, UpdateTime = Now }, default);
        await Senders.UpdateAsync(await SenderAsync() with { PortfolioId = "portfolio-1", UpdateTime = Now }, default);

        await Edge.DeliverAndProcessAsync(Capability(Now.AddMinutes(1), 2_000));
        var raised = await portfolios.GetAsync("portfolio-1", default);
        await Edge.DeliverAndProcessAsync(Capability(Now.AddMinutes(-1), 250));

        Assert.Equal((2_000, 10), (raised!.PeopleMax, raised.ReservePercent));
        Assert.Equal(2_000, (await portfolios.GetAsync("portfolio-1", default))?.PeopleMax);
    }

    private static WebhookBody Capability(DateTimeOffset time, int peopleMax) => new WebhookBody { WabaId = Waba, Time = time }.Change(
        "business_capability_update", new JsonObject { ["max_daily_conversations_per_business"] = peopleMax, ["max_phone_numbers_per_waba"] = 25 });

    private static WebhookBody Account(JsonObject value) => new WebhookBody { WabaId = Waba }.Change("account_update", value);

    private static JsonObject Ban(string state) => new()
    {
        ["event"] = "DISABLED_UPDATE",
        ["ban_info"] = new JsonObject { ["waba_ban_state"] = new JsonArray(state), ["waba_ban_date"] = "January 31, 2026" },
    };

    private async Task<SenderRow> SenderAsync() => Assert.IsType<SenderRow>(await Senders.GetAsync(Shop.Tenant, Shop.Sender, default));

    /// <summary>A running campaign whose one message Meta took.</summary>
    private async Task<(MessageId Message, CampaignId Campaign)> AddAcceptedAsync()
    {
        await Node.People.AddPeopleAsync(Shop, 1);
        var campaign = await Node.People.AddQueuedCampaignAsync(Shop);
        var lease = await Node.Get<ILeaseStore>().AcquireAsync(LeaseNames.Sender(Shop.Tenant, Shop.Sender), "node-a", TimeSpan.FromHours(1), default);
        var claim = await Node.Get<IMessageStore>().ClaimAsync(new ClaimRequest
        {
            TenantId = Shop.Tenant,
            SenderId = Shop.Sender,
            Node = "node-a",
            Epoch = lease!.Epoch,
            Limit = 1,
            Now = Now,
            Duration = TimeSpan.FromMinutes(1),
        }, default);
        var claimed = Assert.Single(claim.Messages);
        await Node.Get<IMessageStore>().SettleAsync([new Settlement
        {
            TenantId = Shop.Tenant,
            MessageId = claimed.MessageId,
            Epoch = lease.Epoch,
            Attempt = claimed.Attempt,
            Outcome = AttemptOutcome.Accepted,
            NextState = MessageState.Accepted,
            Wamid = "wamid.1",
            Now = Now,
        }], default);
        return (claimed.MessageId, campaign.CampaignId);
    }
}

public sealed class SqliteFailureTests() : FailureTests(DatabaseProvider.Sqlite);

public sealed class PostgreSqlFailureTests() : FailureTests(DatabaseProvider.PostgreSql);

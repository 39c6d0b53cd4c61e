using Herald.Delivery.Tests.Support;
using Herald.Domain.Campaigns;
using Herald.Domain.Messages;
using Herald.Domain.Senders;
using Herald.Domain.Templates;
using Herald.Storage;
using Herald.Storage.Audit;
using Herald.Storage.Contacts;
using Herald.Storage.Messages;
using Herald.Storage.Templates;
using Herald.Storage.Tenants;

namespace Herald.Delivery.Tests.Recovery;

/// <summary>What Meta stopped comes back, when and only when it may.</summary>
public abstract class RecoveryTests(DatabaseProvider provider) : DeliveryTest(provider)
{
    private ISenderStore Senders => Node.Get<ISenderStore>();

    [Fact]
    public async Task A_throttled_sender_is_active_again_a_minute_after_the_last_sign()
    {
        Meta.Answer = (_, number) => Task.FromResult(number == 1 ? FakeMeta.Refused(130429) : FakeMeta.Accepted(number));
        await AddQueuedAsync(1);

        await StartAsync();
        var throttled = await UntilSenderAsync(SenderState.Throttled);
        await UntilPutBackAsync(1);
        Clock.PutForward(TimeSpan.FromSeconds(61));
        var active = await UntilSenderAsync(SenderState.Active);

        Assert.Contains("130429", throttled.StateReason, StringComparison.Ordinal);
        Assert.Equal(("", null), (active.StateReason, active.CheckTime));
        await UntilAllAreAsync(MessageState.Accepted);
    }

    [Fact]
    public async Task A_restricted_sender_is_asked_for_later_each_time_and_its_campaign_goes_on_when_it_can_send()
    {
        Meta.Answer = (_, number) => Task.FromResult(number == 1 ? FakeMeta.Refused(131037) : FakeMeta.Accepted(number));
        Meta.NumberStatus = "RESTRICTED";
        var campaign = await AddQueuedAsync(1);

        await StartAsync();
        var first = await UntilSenderAsync(SenderState.Restricted);
        await UntilCampaignAsync(campaign, CampaignState.Paused);
        await UntilPutBackAsync(1);
        Clock.PutForward(TimeSpan.FromHours(4) + TimeSpan.FromMinutes(1));
        var second = await Watch.UntilAsync("a look", SenderAsync, row => row.CheckCount > first.CheckCount);
        Assert.Equal(SenderState.Restricted, second.State);
        Assert.True(second.CheckTime > Now);
        Meta.NumberStatus = "CONNECTED";
        Clock.PutForward(TimeSpan.FromDays(1));

        await UntilSenderAsync(SenderState.Active);
        await UntilAllAreAsync(MessageState.Accepted);
        await UntilCampaignAsync(campaign, CampaignState.Completed);
        var actions = (await Node.Get<IAuditStore>().ListAsync(Shop.Tenant, null, 20, default)).Select(entry => entry.Action).ToList();
        Assert.Contains("RestrictSender", actions);
        Assert.Contains("ActivateSender", actions);
        Assert.Contains("LiftPause", actions);
    }

    [Fact]
    public async Task A_locked_account_is_not_looked_at()
    {
        Meta.Answer = (_, _) => Task.FromResult(FakeMeta.Refused(368));
        await AddQueuedAsync(1);

        await StartAsync();
        var locked = await UntilSenderAsync(SenderState.Restricted);

        Assert.Null(locked.CheckTime);
        Assert.Empty(await Senders.ListToCheckAsync(Now.AddYears(1), 10, default));
    }

    [Fact]
    public async Task A_sender_that_stops_again_soon_waits_longer()
    {
        Meta.Answer = (_, _) => Task.FromResult(FakeMeta.Refused(131042));
        await AddQueuedAsync(1);

        await StartAsync();
        var first = await UntilSenderAsync(SenderState.Restricted);
        await UntilPutBackAsync(1);
        Clock.PutForward(TimeSpan.FromMinutes(61));
        var second = await Watch.UntilAsync("a second stop", SenderAsync, row => row.State == SenderState.Restricted && row.StateTime > first.StateTime);

        Assert.True(second.CheckTime - second.StateTime > first.CheckTime - first.StateTime);
    }

    [Fact]
    public async Task A_template_that_is_approved_again_lifts_the_pause_that_it_caused()
    {
        Meta.Answer = (_, number) => Task.FromResult(number == 1 ? FakeMeta.Refused(132015) : FakeMeta.Accepted(number));
        var campaign = await AddQueuedAsync(1);
        var templates = Node.Get<ITemplateStore>();

        await StartAsync();
        await UntilCampaignAsync(campaign, CampaignState.Paused);
        var paused = await templates.GetAsync(Shop.Tenant, Shop.Template, default);
        Assert.Equal(TemplateState.Paused, paused?.State);
        await UntilPutBackAsync(1);
        Clock.PutForward(TimeSpan.FromMinutes(5));
        await templates.UpdateAsync(paused! with { State = TemplateState.Approved, UpdateTime = Now }, default);

        await UntilAllAreAsync(MessageState.Accepted);
    }

    [Fact]
    public async Task What_Meta_withheld_is_tried_three_times_in_seven_days_and_then_given_up()
    {
        Meta.Answer = (_, _) => Task.FromResult(FakeMeta.Refused(131049));
        await AddQueuedAsync(1);

        await StartAsync();
        for (var attempt = 1; attempt <= 3; attempt++)
        {
            var waiting = await UntilPutBackAsync(attempt);
            Assert.True(waiting.DueTime > Now.AddDays(1));
            Clock.PutForward(waiting.DueTime - Now + TimeSpan.FromSeconds(1));
        }

        var end = await UntilTheOneAsync("an end", row => row.State == MessageState.Failed);
        Assert.Equal((131049, 4, 4), (end.ErrorCode, end.Attempts, Meta.Sent.Count));
    }

    [Fact]
    public async Task An_address_that_WhatsApp_does_not_take_is_marked_and_other_messages_go_on()
    {
        Meta.Answer = (_, number) => Task.FromResult(number == 1 ? FakeMeta.Refused(131026) : FakeMeta.Accepted(number));
        await AddQueuedAsync(2);

        await StartAsync(new Dictionary<string, string?> { ["ConcurrencyPerSender"] = "1" });
        var rows = await UntilAllAsync("an end of both", row => row.State is MessageState.Failed or MessageState.Accepted);

        var failed = Assert.Single(rows, row => row.State == MessageState.Failed);
        Assert.Equal(131026, (await Node.Get<IContactStore>().GetAsync(Shop.Tenant, failed.ContactId, default))?.UnreachableCode);
    }

    /// <summary>The sender is stopped before the message is settled; a clock that is put forward between the two would let the claim expire.</summary>
    private Task<MessageRow> UntilPutBackAsync(int attempts) =>
        UntilTheOneAsync($"a message put back after attempt {attempts}", row => row.State == MessageState.Queued && row.Attempts == attempts);

    private async Task<SenderRow> SenderAsync() => Assert.IsType<SenderRow>(await Senders.GetAsync(Shop.Tenant, Shop.Sender, default));

    private Task<SenderRow> UntilSenderAsync(SenderState state) => Watch.UntilAsync($"{state} of the sender", SenderAsync, row => row.State == state);
}

public sealed class SqliteRecoveryTests() : RecoveryTests(DatabaseProvider.Sqlite);

public sealed class PostgreSqlRecoveryTests() : RecoveryTests(DatabaseProvider.PostgreSql);

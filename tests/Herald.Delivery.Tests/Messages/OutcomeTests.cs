using Herald.Delivery.Tests.Support;
using Herald.Domain.Campaigns;
using Herald.Domain.Consents;
using Herald.Domain.Contacts;
using Herald.Domain.Messages;
using Herald.Domain.Senders;
using Herald.Domain.Templates;
using Herald.Storage;
using Herald.Storage.Contacts;
using Herald.Storage.Leases;
using Herald.Storage.Messages;
using Herald.Storage.Tenants;
using Herald.WhatsApp;
using Herald.WhatsApp.Messages;

namespace Herald.Delivery.Tests.Messages;

/// <summary>What becomes of a message, and of all around it, by what Meta answers.</summary>
public abstract class OutcomeTests(DatabaseProvider provider) : DeliveryTest(provider)
{
    [Fact]
    public async Task What_is_accepted_is_sent_once_and_settled()
    {
        await AddQueuedAsync(25);

        await StartAsync();
        var rows = await UntilAllAreAsync(MessageState.Accepted);

        Assert.Equal(25, Meta.Sent.Count);
        Assert.Equal(rows.Select(row => BizOpaqueCallback.Format(row.MessageId)).Order(), Meta.Sent.Select(sent => sent.CallbackData!).Order());
        Assert.Equal(25, rows.Select(row => row.Wamid).Distinct().Count());
        Assert.All(rows, row => Assert.Equal(1, row.Attempts));
    }

    [Fact]
    public async Task What_is_refused_for_good_fails_with_code_and_reason()
    {
        var refused = (SendResult.Refused)FakeMeta.Refused(131026);
        refused = new SendResult.Refused(refused.Failure with { Details = "34600000001 is incapable of receiving this message" });
        Meta.Answer = (_, _) => Task.FromResult<SendResult>(refused);
        await AddQueuedAsync(1);

        await StartAsync();
        var row = await UntilTheOneAsync("a failure", message => message.State == MessageState.Failed);

        Assert.Equal(131026, row.ErrorCode);
        Assert.Equal(new FailureText(refused.Failure.Error.CustomerText, "… is incapable of receiving this message"), FailureText.Read(row.ErrorDetail));
        Assert.Single(Meta.Sent);
    }

    [Fact]
    public async Task What_nobody_knows_is_never_sent_again_until_a_status_tells()
    {
        Meta.Answer = (_, _) => Task.FromResult<SendResult>(new SendResult.Unknown(UnknownKind.Timeout, null));
        await AddQueuedAsync(1);

        await StartAsync();
        var row = await UntilTheOneAsync("an unknown outcome", message => message.State == MessageState.Unknown);
        Clock.PutForward(TimeSpan.FromHours(2));
        await LooksGoByAsync(3);
        Assert.Single(Meta.Sent);
        await Node.Get<IMessageStore>().ApplyStatusesAsync([new StatusUpdate
        {
            TenantId = Shop.Tenant,
            MessageId = row.MessageId,
            Wamid = "wamid.late",
            Evidence = MessageState.Delivered,
            Time = Now,
        }], default);

        Assert.Equal(MessageState.Delivered, Assert.Single(await Node.People.MessagesAsync(Shop.Tenant, null)).State);
    }

    [Fact]
    public async Task What_did_not_leave_the_machine_is_sent_again_with_growing_waits()
    {
        Meta.Answer = (_, number) => Task.FromResult(number < 3 ? new SendResult.NotSent(NotSentKind.Connection) : FakeMeta.Accepted(number));
        await AddQueuedAsync(1);

        await StartAsync();
        var first = await UntilTheOneAsync("a first wait", row => row.State == MessageState.Queued && row.Attempts == 1);
        Assert.InRange(first.DueTime - Now, TimeSpan.FromSeconds(-1), TimeSpan.FromSeconds(1));
        Clock.PutForward(TimeSpan.FromSeconds(2));
        var second = await UntilTheOneAsync("a second wait", row => row.State == MessageState.Queued && row.Attempts == 2);
        Assert.InRange(second.DueTime - Now, TimeSpan.FromSeconds(-1), TimeSpan.FromSeconds(2));
        Clock.PutForward(TimeSpan.FromSeconds(3));

        var row = await UntilTheOneAsync("an end", message => message.State == MessageState.Accepted);
        Assert.Equal((3, 3), (row.Attempts, Meta.Sent.Count));
    }

    [Fact]
    public async Task Attempts_end_and_the_last_reason_stays()
    {
        Meta.Answer = (_, _) => Task.FromResult(FakeMeta.Refused(131056));
        await AddQueuedAsync(1);

        await StartAsync();
        for (var attempt = 1; attempt < 3; attempt++)
        {
            await UntilTheOneAsync($"wait {attempt}", row => row.State == MessageState.Queued && row.Attempts == attempt);
            Clock.PutForward(TimeSpan.FromMinutes(5));
        }

        var end = await UntilTheOneAsync("a failure", row => row.State == MessageState.Failed);
        Assert.Equal((3, 131056, 3), (end.Attempts, end.ErrorCode, Meta.Sent.Count));
    }

    [Fact]
    public async Task What_never_led_to_a_request_costs_no_try()
    {
        Meta.Answer = (_, number) => Task.FromResult(
            number <= 5 ? new SendResult.NotSent(NotSentKind.Connection) : number <= 7 ? FakeMeta.Refused(131056) : FakeMeta.Accepted(number));
        await AddQueuedAsync(1);

        await StartAsync();
        for (var attempt = 1; attempt < 8; attempt++)
        {
            await UntilTheOneAsync($"wait {attempt}", row => row.State == MessageState.Queued && row.Attempts == attempt);
            Clock.PutForward(TimeSpan.FromMinutes(5));
        }

        var end = await UntilTheOneAsync("an end", row => row.State is MessageState.Accepted or MessageState.Failed);
        Assert.Equal((MessageState.Accepted, 8), (end.State, end.Attempts));
    }

    [Theory]
    [InlineData(131042, MessageState.Queued)]
    [InlineData(131056, MessageState.Failed)]
    public async Task Refusals_that_stopped_a_sender_cost_no_try_and_others_do(int code, MessageState expected)
    {
        await AddQueuedAsync(1);
        var lease = await Node.Get<ILeaseStore>().AcquireAsync(LeaseNames.Sender(Shop.Tenant, Shop.Sender), "node-a", TimeSpan.FromHours(1), default);
        for (var attempt = 1; attempt < 5; attempt++)
        {
            var message = Assert.Single((await ClaimAsync(lease!.Epoch)).Messages);
            await Node.Get<IMessageStore>().SettleAsync([Refused(message, lease.Epoch, code)], default);
        }
        await Node.Get<ILeaseStore>().ReleaseAsync(lease!, default);
        Meta.Answer = (_, _) => Task.FromResult(FakeMeta.Refused(131056));

        await StartAsync();

        var row = await UntilTheOneAsync("the fifth attempt", row => row.Attempts == 5 && row.State != MessageState.Claimed);
        Assert.Equal((expected, 1), (row.State, Meta.Sent.Count));
    }

    [Fact]
    public async Task A_throughput_limit_slows_the_sender_down_and_the_message_goes_later()
    {
        Meta.Answer = (_, number) => Task.FromResult(number == 1 ? FakeMeta.Refused(130429) : FakeMeta.Accepted(number));
        await AddQueuedAsync(1);

        await StartAsync();
        await UntilTheOneAsync("a wait", row => row.State == MessageState.Queued && row.Attempts == 1);
        Clock.PutForward(TimeSpan.FromSeconds(5));

        await UntilAllAreAsync(MessageState.Accepted);
        Assert.Contains("500 messages a second", Assert.Single(Node.Log.Entries, entry => entry.EventId == 2010).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(131016)]
    public async Task An_outage_of_Metas_costs_what_was_under_way_and_the_rest_goes_when_it_is_over(int code)
    {
        var isBack = false;
        Meta.Answer = (_, number) => Task.FromResult(Volatile.Read(ref isBack) ? FakeMeta.Accepted(number) : FakeMeta.Refused(code));
        var senders = Node.Get<ISenderStore>();
        var sender = await senders.GetAsync(Shop.Tenant, Shop.Sender, default);
        await senders.UpdateAsync(sender! with { MessagesPerSecond = 80 }, default);
        await AddQueuedAsync(300);

        await StartAsync();
        await Watch.UntilAsync("an outage that was noticed", () => Task.FromResult(Node.Log.Entries), entries => entries.Any(entry => entry.EventId == 2044));
        await LooksGoByAsync(10);
        Volatile.Write(ref isBack, true);
        var rows = await UntilAllAsync("an end of all", row => row.State is MessageState.Unknown or MessageState.Accepted);

        // No more than half a second's worth is ever under way.
        Assert.InRange(rows.Count(row => row.State == MessageState.Unknown), 5, 45);
        Assert.Equal(300, Meta.Sent.Count);
        Assert.Single(Node.Log.Entries, entry => entry.EventId == 2045);
    }

    [Fact]
    public async Task A_paused_template_pauses_the_campaign_and_keeps_its_messages()
    {
        Meta.Answer = (_, _) => Task.FromResult(FakeMeta.Refused(132015));
        var campaign = await AddQueuedAsync(1);

        await StartAsync();
        var paused = await UntilCampaignAsync(campaign, CampaignState.Paused);
        await UntilAllAreAsync(MessageState.Queued);
        Clock.PutForward(TimeSpan.FromMinutes(10));
        await LooksGoByAsync(3);

        Assert.Equal(PauseCause.TemplatePaused, paused.PauseCause);
        Assert.NotEmpty(paused.StateDetail);
        Assert.Single(Meta.Sent);
        Assert.Equal(MessageState.Queued, Assert.Single(await Node.People.MessagesAsync(Shop.Tenant, null)).State);
    }

    [Theory]
    [InlineData(190, SenderState.Disconnected, PauseCause.TokenInvalid)]
    [InlineData(131037, SenderState.Restricted, PauseCause.SenderUnavailable)]
    [InlineData(131048, SenderState.Throttled, PauseCause.SenderUnavailable)]
    public async Task What_Meta_holds_against_a_sender_stops_it_and_pauses_the_campaign(int code, SenderState state, PauseCause cause)
    {
        Meta.Answer = (_, _) => Task.FromResult(FakeMeta.Refused(code));
        var campaign = await AddQueuedAsync(1);

        await StartAsync();
        var paused = await UntilCampaignAsync(campaign, CampaignState.Paused);
        var row = await UntilTheOneAsync("a wait", message => message.State == MessageState.Queued && message.Attempts == 1);

        Assert.Equal(cause, paused.PauseCause);
        Assert.Equal(code, row.ErrorCode);
        var sender = await Node.Get<ISenderStore>().GetAsync(Shop.Tenant, Shop.Sender, default);
        Assert.Equal(state, sender?.State);
        Assert.NotEmpty(sender!.StateReason);
    }

    [Fact]
    public async Task The_spam_limit_of_a_number_stops_its_marketing_for_hours_while_replies_go_on()
    {
        Meta.Answer = (_, number) => Task.FromResult(number == 1 ? FakeMeta.Refused(131048) : FakeMeta.Accepted(number));
        var campaign = await AddQueuedAsync(3);
        await StartAsync(new Dictionary<string, string?> { ["ConcurrencyPerSender"] = "1" });
        await UntilCampaignAsync(campaign, CampaignState.Paused);

        await ReplyAsync(await PersonAsync(1), "k1");
        var isReplySent = (IReadOnlyList<MessageRow> rows) => rows.Any(row => row is { Class: MessageClass.Reply, State: MessageState.Accepted });
        await Watch.UntilAsync("the reply", () => Node.People.MessagesAsync(Shop.Tenant, null), isReplySent);
        Clock.PutForward(TimeSpan.FromHours(3));
        await LooksGoByAsync(3);
        Assert.Equal(2, Meta.Sent.Count);

        Clock.PutForward(TimeSpan.FromMinutes(61));
        await UntilCampaignAsync(campaign, CampaignState.Completed);
        await UntilAllAreAsync(MessageState.Accepted);
        var sender = await Node.Get<ISenderStore>().GetAsync(Shop.Tenant, Shop.Sender, default);
        Assert.Equal((SenderState.Active, false), (sender?.State, sender?.IsMarketingStopped));
    }

    [Fact]
    public async Task What_the_spam_limit_of_a_number_keeps_from_being_sent_fails_when_its_tries_are_used_up()
    {
        Meta.Answer = (_, _) => Task.FromResult(FakeMeta.Refused(131048));
        await Node.People.AddPeopleAsync(Shop, 1);
        await ReplyAsync(await PersonAsync(1), "k1");

        await StartAsync();
        for (var attempt = 1; attempt < 3; attempt++)
        {
            await UntilTheOneAsync($"wait {attempt}", row => row.State == MessageState.Queued && row.Attempts == attempt);
            Clock.PutForward(TimeSpan.FromMinutes(20));
        }

        var end = await UntilTheOneAsync("a failure", row => row.State == MessageState.Failed);
        Assert.Equal((3, 131048, 3), (end.Attempts, end.ErrorCode, Meta.Sent.Count));
        Assert.Contains("blocked or reported", end.ErrorDetail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Meta_saying_that_a_person_stopped_marketing_is_an_opt_out_of_that_sender()
    {
        Meta.Answer = (_, _) => Task.FromResult(FakeMeta.Refused(131050));
        await AddQueuedAsync(1);

        await StartAsync();
        var row = await UntilTheOneAsync("a failure", message => message.State == MessageState.Failed);

        Assert.Equal(131050, row.ErrorCode);
        Assert.Equal(ConsentState.Revoked, await Node.People.MarketingAsync(Shop.Tenant, row.ContactId, Shop.Sender));
        Assert.Equal(ConsentState.Granted, await Node.People.MarketingAsync(Shop.Tenant, row.ContactId, null));
    }

    [Fact]
    public async Task A_missing_parameter_fails_the_message_without_a_request_and_names_the_field()
    {
        var template = await Node.People.AddTemplateAsync(Shop.Tenant, "greeting", TemplateCategory.Marketing, "Hello {{1}}, welcome.");
        await Node.People.AddPeopleAsync(Shop, 1);
        await Node.People.AddQueuedCampaignAsync(Shop with { Template = template });

        await StartAsync();
        var row = await UntilTheOneAsync("a failure", message => message.State == MessageState.Failed);

        Assert.Equal(131008, row.ErrorCode);
        Assert.Equal("body.1 is required by the template", FailureText.Read(row.ErrorDetail).Detail);
        Assert.EndsWith(".", FailureText.Read(row.ErrorDetail).Explanation, StringComparison.Ordinal);
        Assert.DoesNotContain("Ana", row.ErrorDetail, StringComparison.Ordinal);
        Assert.Empty(Meta.Sent);
    }

    [Fact]
    public async Task An_address_that_cannot_be_one_fails_its_message_and_no_other()
    {
        var contact = await Node.Get<IContactStore>().ResolveInboundAsync(Shop.Tenant, new InboundIdentity
        {
            Phone = null,
            PhoneVariants = [],
            UserId = "not a user id",
            ParentUserId = null,
            Username = null,
            ProfileName = "",
        }, Node.Ids.New<ContactId>(), Now, default);
        await ReplyAsync(contact.ContactId, "k1");
        await AddQueuedAsync(2);

        await StartAsync();
        var rows = await UntilAllAsync("an end of all", row => row.State is MessageState.Failed or MessageState.Accepted);

        Assert.Equal(contact.ContactId, Assert.Single(rows, row => row.State == MessageState.Failed).ContactId);
        Assert.Equal(2, Meta.Sent.Count);
    }

    [Fact]
    public async Task A_token_that_cannot_be_read_disconnects_its_sender_and_sends_nothing()
    {
        var senders = Node.Get<ISenderStore>();
        var sender = await senders.GetAsync(Shop.Tenant, Shop.Sender, default);
        await senders.UpdateAsync(sender! with { TokenCipher = null }, default);
        await AddQueuedAsync(1);

        await StartAsync();
        await Watch.UntilAsync("a disconnected sender", () => senders.GetAsync(Shop.Tenant, Shop.Sender, default),
            row => row?.State == SenderState.Disconnected);

        await UntilTheOneAsync("a message that waits", row => row.State == MessageState.Queued && row.DueTime > Now);
        Assert.Empty(Meta.Sent);
    }

    [Fact]
    public async Task Replies_go_before_marketing()
    {
        await AddQueuedAsync(1);
        await ReplyAsync(await PersonAsync(1), "k1");

        await StartAsync(new Dictionary<string, string?> { ["ConcurrencyPerSender"] = "1" });
        await UntilAllAreAsync(MessageState.Accepted);

        Assert.IsType<TextContent>(Meta.Sent.First().Content);
    }

    private Task<int> ReplyAsync(ContactId contact, string key) => Node.Get<IMessageStore>().EnqueueAsync([new NewMessage
    {
        TenantId = Shop.Tenant,
        MessageId = Node.Ids.New<MessageId>(),
        ContactId = contact,
        SenderId = Shop.Sender,
        Class = MessageClass.Reply,
        Content = new TextContent("Thank you.").ToJson(),
        DedupeKey = key,
        DueTime = Now,
        CreateTime = Now,
    }], default);

    /// <summary>Waits until the node has looked for work so many times from now on.</summary>
    private async Task LooksGoByAsync(int count)
    {
        var looks = 0;
        Messages.Before = (method, _) =>
        {
            if (method == nameof(IMessageStore.ListDueAsync))
                Interlocked.Increment(ref looks);
            return Task.CompletedTask;
        };
        await Watch.UntilAsync("looks", () => Task.FromResult(Volatile.Read(ref looks)), seen => seen > count);
    }

    private Task<ClaimResult> ClaimAsync(long epoch) => Node.Get<IMessageStore>().ClaimAsync(
        new ClaimRequest
        {
            TenantId = Shop.Tenant,
            SenderId = Shop.Sender,
            Node = "node-a",
            Epoch = epoch,
            Limit = 1,
            Now = Now,
            Duration = TimeSpan.FromMinutes(1),
        },
        default);

    private Settlement Refused(ClaimedMessage message, long epoch, int code) => new()
    {
        TenantId = Shop.Tenant,
        MessageId = message.MessageId,
        Epoch = epoch,
        Attempt = message.Attempt,
        Outcome = AttemptOutcome.Refused,
        NextState = MessageState.Queued,
        ErrorCode = code,
        RetryAt = Now,
        Now = Now,
    };
}

public sealed class SqliteOutcomeTests() : OutcomeTests(DatabaseProvider.Sqlite);

public sealed class PostgreSqlOutcomeTests() : OutcomeTests(DatabaseProvider.PostgreSql);

using Herald.Domain.Consents;
using Herald.Domain.Contacts;
using Herald.Domain.Messages;
using Herald.Grains;
using Herald.Grains.Tenants;
using Herald.Storage;
using Herald.Storage.Consents;
using Herald.Storage.Contacts;
using Herald.Storage.Leases;
using Herald.Storage.Messages;
using Herald.Webhooks.Tests.Support;
using Herald.WhatsApp.Messages;

namespace Herald.Webhooks.Tests;

/// <summary>What people write to be left alone, and to be written to again.</summary>
public abstract class KeywordTests(DatabaseProvider provider) : WebhookTest(provider)
{
    [Theory]
    [InlineData("STOP")]
    [InlineData("  stop! ")]
    [InlineData("Stop promotions")]
    [InlineData("unsubscribe")]
    [InlineData("BAJA")]
    [InlineData("Sair")]
    [InlineData("Arrêt")]
    [InlineData("abmelden")]
    [InlineData("बंद")]
    [InlineData("إيقاف")]
    [InlineData("berhenti")]
    public async Task A_written_STOP_revokes_suppresses_what_is_queued_and_is_confirmed(string word)
    {
        var ana = await AddAnaWithQueuedMessageAsync();

        await Edge.DeliverAndProcessAsync(WebhookBody.Empty.Text(Number, Ana, "wamid.stop", word, Now));

        await AssertStoppedAsync(ana);
    }

    [Fact]
    public async Task A_tapped_template_button_is_a_STOP_by_its_payload()
    {
        var ana = await AddAnaWithQueuedMessageAsync();

        await Edge.DeliverAndProcessAsync(WebhookBody.Empty.TemplateButton(Number, Ana, "wamid.stop", "optout:spring", "No, thanks", Now));

        await AssertStoppedAsync(ana);
    }

    [Fact]
    public async Task A_tapped_template_button_is_a_STOP_by_its_label()
    {
        var ana = await AddAnaWithQueuedMessageAsync();

        await Edge.DeliverAndProcessAsync(WebhookBody.Empty.TemplateButton(Number, Ana, "wamid.stop", "p1", "Stop promotions", Now));

        await AssertStoppedAsync(ana);
    }

    [Theory]
    [InlineData("button_reply")]
    [InlineData("list_reply")]
    public async Task A_tapped_reply_is_a_STOP(string kind)
    {
        var ana = await AddAnaWithQueuedMessageAsync();

        await Edge.DeliverAndProcessAsync(WebhookBody.Empty.Reply(Number, Ana, "wamid.stop", kind, "optout", "Leave me alone", Now));

        await AssertStoppedAsync(ana);
    }

    [Theory]
    [InlineData("please stop sending me this")]
    [InlineData("don't stop")]
    [InlineData("bus stop")]
    [InlineData("hello")]
    public async Task What_is_only_close_to_STOP_changes_nothing(string text)
    {
        var ana = await AddAnaWithQueuedMessageAsync();

        await Edge.DeliverAndProcessAsync(WebhookBody.Empty.Text(Number, Ana, "wamid.1", text, Now));

        Assert.Equal(ConsentState.Granted, await MarketingAsync(ana));
        Assert.Equal(MessageState.Queued, Assert.Single(await Node.People.MessagesAsync(Shop.Tenant, ana)).State);
    }

    [Fact]
    public async Task A_STOP_that_is_processed_twice_is_confirmed_once()
    {
        var ana = await AddAnaWithQueuedMessageAsync();
        await Edge.DeliverAsync(WebhookBody.Empty.Text(Number, Ana, "wamid.stop", "STOP", Now));
        var rows = await Edge.WaitingAsync();

        await Edge.ProcessRowsAsync(rows);
        await Edge.ProcessRowsAsync(rows);

        await AssertStoppedAsync(ana);
        Assert.Single(await EventsAsync(ana), e => e.Action == ConsentAction.Revoke);
    }

    [Fact]
    public async Task The_same_message_in_another_delivery_is_confirmed_once()
    {
        var ana = await AddAnaWithQueuedMessageAsync();
        var time = Now;

        await Edge.DeliverAndProcessAsync(
            WebhookBody.Empty.Text(Number, Ana, "wamid.stop", "STOP", time),
            WebhookBody.Empty.Text(Number, Ana, "wamid.stop", "STOP", time).Text(Number, "16505550002", "wamid.2", "hi", time));

        await AssertStoppedAsync(ana);
    }

    [Fact]
    public async Task STOP_of_a_person_whose_phone_is_hidden_holds_and_is_confirmed()
    {
        await Edge.DeliverAndProcessAsync(WebhookBody.Empty.HiddenText(Number, "US.13491208655302741918", "wamid.stop", "STOP", Now));

        var contact = Assert.Single(await Node.Get<IContactStore>().ListAsync(Shop.Tenant, null, null, 10, default));
        Assert.Null(contact.Phone);
        Assert.Equal("US.13491208655302741918", contact.UserId);
        Assert.Equal(ConsentState.Revoked, await MarketingAsync(contact.ContactId));
        Assert.Equal(MessageClass.Reply, Assert.Single(await Node.People.MessagesAsync(Shop.Tenant, contact.ContactId)).Class);
    }

    [Fact]
    public async Task STOP_from_another_spelling_of_a_phone_is_the_same_persons()
    {
        // A Mexican mobile number, imported without the 1 that WhatsApp puts after the country code.
        var contact = await Node.People.AddPersonAsync(Shop.Tenant, Shop.List, "525512345678", isOptedIn: true);

        await Edge.DeliverAndProcessAsync(WebhookBody.Empty.Text(Number, "5215512345678", "wamid.stop", "STOP", Now));

        Assert.Equal(ConsentState.Revoked, await MarketingAsync(contact));
    }

    [Fact]
    public async Task CANCEL_is_no_STOP_for_a_person_whom_no_campaign_reached()
    {
        var ana = await AddAnaWithQueuedMessageAsync();

        await Edge.DeliverAndProcessAsync(WebhookBody.Empty.Text(Number, Ana, "wamid.1", "CANCEL", Now));

        Assert.Equal(ConsentState.Granted, await MarketingAsync(ana));
    }

    [Fact]
    public async Task CANCEL_after_a_campaign_message_is_a_STOP()
    {
        var ana = await AddAnaWithQueuedMessageAsync();
        await ClaimAllAsync();

        await Edge.DeliverAndProcessAsync(WebhookBody.Empty.Text(Number, Ana, "wamid.1", "CANCEL", Now));

        Assert.Equal(ConsentState.Revoked, await MarketingAsync(ana));
    }

    [Fact]
    public async Task A_STOP_counts_for_the_campaign_that_led_to_it()
    {
        var ana = await AddAnaWithQueuedMessageAsync();
        await ClaimAllAsync();

        await Edge.DeliverAndProcessAsync(WebhookBody.Empty.Text(Number, Ana, "wamid.1", "STOP", Now));

        Assert.NotNull(Assert.Single(await EventsAsync(ana), e => e.Action == ConsentAction.Revoke).CampaignId);
    }

    [Fact]
    public async Task START_lets_a_person_in_again_who_was_in_before()
    {
        var ana = await AddAnaWithQueuedMessageAsync();
        await Edge.DeliverAndProcessAsync(WebhookBody.Empty.Text(Number, Ana, "wamid.stop", "STOP", Now));
        Clock.PutForward(TimeSpan.FromSeconds(5));

        await Edge.DeliverAndProcessAsync(WebhookBody.Empty.Text(Number, Ana, "wamid.start", "START", Now));

        Assert.Equal(ConsentState.Granted, await MarketingAsync(ana));
        Assert.Equal(2, (await RepliesAsync(ana)).Count);
    }

    [Fact]
    public async Task START_opts_nobody_in_who_never_was()
    {
        var ana = await Node.People.AddPersonAsync(Shop.Tenant, Shop.List, Ana, isOptedIn: false);

        await Edge.DeliverAndProcessAsync(WebhookBody.Empty.Text(Number, Ana, "wamid.start", "START", Now));

        Assert.Equal(ConsentState.Unknown, await MarketingAsync(ana));
        Assert.Empty(await RepliesAsync(ana));
    }

    [Fact]
    public async Task START_opts_in_where_the_tenant_says_so()
    {
        await SetAsync(settings => settings.StartCountsAsOptIn = true);

        await Edge.DeliverAndProcessAsync(WebhookBody.Empty.Text(Number, Ana, "wamid.start", "START", Now));

        Assert.Equal(ConsentState.Granted, await MarketingAsync(await Node.People.FindAsync(Shop.Tenant, Ana)));
    }

    [Fact]
    public async Task A_tenants_own_words_count_and_its_silence_is_kept()
    {
        await SetAsync(settings =>
        {
            settings.StopKeywords = ["adieu"];
            settings.ConfirmKeywords = false;
        });
        var ana = await AddAnaWithQueuedMessageAsync();

        await Edge.DeliverAndProcessAsync(WebhookBody.Empty.Text(Number, Ana, "wamid.stop", "Adieu.", Now));

        Assert.Equal(ConsentState.Revoked, await MarketingAsync(ana));
        Assert.Empty(await RepliesAsync(ana));
    }

    [Fact]
    public async Task A_START_that_comes_after_a_later_STOP_lifts_nothing_and_promises_nothing()
    {
        var ana = await AddAnaWithQueuedMessageAsync();
        var before = Now.AddMinutes(-10);
        await Edge.DeliverAndProcessAsync(WebhookBody.Empty.Text(Number, Ana, "wamid.stop", "STOP", Now));

        await Edge.DeliverAndProcessAsync(WebhookBody.Empty.Text(Number, Ana, "wamid.start", "START", before));

        Assert.Equal(ConsentState.Revoked, await MarketingAsync(ana));
        Assert.Single(await RepliesAsync(ana));
    }

    [Fact]
    public async Task STOP_and_START_in_one_second_end_in_a_STOP_in_either_order()
    {
        var ana = await AddAnaWithQueuedMessageAsync();
        var time = Now;

        await Edge.DeliverAndProcessAsync(WebhookBody.Empty
            .Text(Number, Ana, "wamid.stop", "STOP", time).Text(Number, Ana, "wamid.start", "START", time));

        Assert.Equal(ConsentState.Revoked, await MarketingAsync(ana));
    }

    [Fact]
    public async Task The_confirmation_speaks_the_tenants_language_when_the_persons_is_not_known()
    {
        var tenants = Node.Get<Storage.Tenants.ITenantStore>();
        var tenant = await tenants.GetAsync(Shop.Tenant, default);
        Assert.NotNull(await tenants.UpdateAsync(tenant! with { Language = "es" }, default));
        var ana = await AddAnaWithQueuedMessageAsync();

        await Edge.DeliverAndProcessAsync(WebhookBody.Empty.Text(Number, Ana, "wamid.stop", "STOP", Now));

        var content = Assert.IsType<TextContent>(MessageContent.Parse(Assert.Single(await RepliesAsync(ana)).Content!));
        Assert.Equal(ConsentTexts.StopConfirmation("es", "Lucky Shrub"), content.Body);
    }

    [Fact]
    public async Task Each_tenant_of_one_delivery_gets_its_own()
    {
        var other = await Node.People.AddBusinessAsync("Café Sol", "200");
        var mine = await Node.People.AddPersonAsync(Shop.Tenant, Shop.List, Ana, isOptedIn: true);
        var theirs = await Node.People.AddPersonAsync(other.Tenant, other.List, Ana, isOptedIn: true);

        await Edge.DeliverAndProcessAsync(WebhookBody.Empty
            .Text(Number, Ana, "wamid.1", "hello", Now)
            .Text("200", Ana, "wamid.2", "STOP", Now)
            .Text("300", Ana, "wamid.3", "STOP", Now));

        Assert.Equal(ConsentState.Granted, await MarketingAsync(mine));
        Assert.Equal(ConsentState.Revoked, await Node.People.MarketingAsync(other.Tenant, theirs, null));
        Assert.Empty(await Node.People.MessagesAsync(Shop.Tenant, mine));
        Assert.Single(await Node.People.MessagesAsync(other.Tenant, theirs));
    }

    [Fact]
    public async Task Whatever_a_person_writes_opens_the_window()
    {
        var time = DateTimeOffset.FromUnixTimeSeconds(Now.ToUnixTimeSeconds());

        await Edge.DeliverAndProcessAsync(WebhookBody.Empty.Text(Number, Ana, "wamid.1", "hello", time));

        var ana = await Node.People.FindAsync(Shop.Tenant, Ana);
        Assert.Equal(time, await Node.Get<IContactStore>().GetWindowAsync(Shop.Tenant, ana, Shop.Sender, default));
    }

    private async Task<ContactId> AddAnaWithQueuedMessageAsync()
    {
        var ana = await Node.People.AddPersonAsync(Shop.Tenant, Shop.List, Ana, isOptedIn: true);
        await Node.People.AddQueuedCampaignAsync(Shop);
        return ana;
    }

    private async Task ClaimAllAsync()
    {
        var lease = await Node.Get<ILeaseStore>().AcquireAsync(
            LeaseNames.Sender(Shop.Tenant, Shop.Sender), Node.Name, TimeSpan.FromMinutes(1), default);
        var claim = await Node.Get<IMessageStore>().ClaimAsync(new ClaimRequest
        {
            TenantId = Shop.Tenant,
            SenderId = Shop.Sender,
            Node = Node.Name,
            Epoch = lease!.Epoch,
            Limit = 100,
            Now = Now,
            Duration = TimeSpan.FromMinutes(1),
        }, default);
        Assert.NotEmpty(claim.Messages);
    }

    private async Task AssertStoppedAsync(ContactId contact)
    {
        Assert.Equal(ConsentState.Revoked, await MarketingAsync(contact));
        var messages = await Node.People.MessagesAsync(Shop.Tenant, contact);
        Assert.Equal(2, messages.Count);
        var campaign = Assert.Single(messages, message => message.CampaignId is not null);
        Assert.Equal((MessageState.Suppressed, SuppressionReason.OptedOut), (campaign.State, campaign.SuppressionReason));
        var confirmation = Assert.Single(messages, message => message.CampaignId is null);
        Assert.Equal((MessageState.Queued, MessageClass.Reply, Shop.Sender), (confirmation.State, confirmation.Class, confirmation.SenderId));
    }

    private Task<ConsentState> MarketingAsync(ContactId contact) => Node.People.MarketingAsync(Shop.Tenant, contact, null);

    private async Task<List<MessageRow>> RepliesAsync(ContactId contact) =>
        [.. (await Node.People.MessagesAsync(Shop.Tenant, contact)).Where(message => message.Class == MessageClass.Reply)];

    private Task<IReadOnlyList<ConsentEventRow>> EventsAsync(ContactId contact) =>
        Node.Get<IConsentStore>().ListEventsAsync(Shop.Tenant, contact, null, 100, default);

    private async Task SetAsync(Action<TenantSettings> change)
    {
        var settings = new TenantSettings();
        change(settings);
        Assert.NotNull(await Node.Grains.GetGrain<ITenantGrain>(GrainKeys.Tenant(Shop.Tenant)).UpdateSettings(settings, ""));
    }
}

public sealed class SqliteKeywordTests() : KeywordTests(DatabaseProvider.Sqlite);

public sealed class PostgreSqlKeywordTests() : KeywordTests(DatabaseProvider.PostgreSql);

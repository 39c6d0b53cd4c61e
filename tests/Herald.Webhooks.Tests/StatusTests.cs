using System.Text.Json.Nodes;
using Herald.Domain.Consents;
using Herald.Domain.Contacts;
using Herald.Domain.Messages;
using Herald.Domain.Templates;
using Herald.Storage;
using Herald.Storage.Leases;
using Herald.Storage.Messages;
using Herald.Storage.Templates;
using Herald.Storage.Webhooks;
using Herald.Webhooks.Tests.Support;
using Herald.WhatsApp.Errors;

namespace Herald.Webhooks.Tests;

/// <summary>What Meta reports of messages, preferences, templates and of things nobody has heard of.</summary>
public abstract class StatusTests(DatabaseProvider provider) : WebhookTest(provider)
{
    private const string Wamid = "wamid.out";

    public static TheoryData<string> Orders => new("sent delivered read", "read delivered sent", "delivered sent read", "read sent", "sent sent delivered read read sent");

    [Theory]
    [MemberData(nameof(Orders))]
    public async Task Statuses_in_any_order_and_repeated_reach_the_same_end(string order)
    {
        var message = await AddAcceptedMessageAsync();

        foreach (var status in order.Split(' '))
            await Edge.DeliverAndProcessAsync(WebhookBody.Empty.Status(Number, Wamid, status, Now, null, null).Text(Number, Ana, "w" + Now.Ticks, "x", Now));

        var row = await GetAsync(message);
        Assert.Equal(MessageState.Read, row.State);
        Assert.NotNull(row.ReadTime);
        Assert.NotNull(row.SentTime);
    }

    [Theory]
    [MemberData(nameof(Orders))]
    public async Task All_statuses_in_one_body_reach_that_end_as_well(string order)
    {
        var message = await AddAcceptedMessageAsync();
        var body = WebhookBody.Empty;
        foreach (var status in order.Split(' '))
            body.Status(Number, Wamid, status, Now, null, null);

        await Edge.DeliverAndProcessAsync(body);

        Assert.Equal(MessageState.Read, (await GetAsync(message)).State);
    }

    [Fact]
    public async Task Delivered_outranks_failed_in_either_order()
    {
        var message = await AddAcceptedMessageAsync();

        await Edge.DeliverAndProcessAsync(WebhookBody.Empty.Status(Number, Wamid, "failed", Now, null, 131026));
        Assert.Equal((MessageState.Failed, 131026), ((await GetAsync(message)).State, (await GetAsync(message)).ErrorCode));
        await Edge.DeliverAndProcessAsync(WebhookBody.Empty.Status(Number, Wamid, "delivered", Now, null, null));
        await Edge.DeliverAndProcessAsync(WebhookBody.Empty.Status(Number, Wamid, "failed", Now.AddSeconds(3), null, 131026));

        Assert.Equal((MessageState.Delivered, 0), ((await GetAsync(message)).State, (await GetAsync(message)).ErrorCode));
    }

    [Fact]
    public async Task A_failure_keeps_what_WhatsApp_said_without_what_it_quotes()
    {
        var message = await AddAcceptedMessageAsync();
        var body = WebhookBody.Empty.Change("messages", new JsonObject
        {
            ["metadata"] = new JsonObject { ["phone_number_id"] = Number },
            ["statuses"] = new JsonArray(new JsonObject
            {
                ["id"] = Wamid,
                ["status"] = "failed",
                ["timestamp"] = $"{Now.ToUnixTimeSeconds()}",
                ["errors"] = new JsonArray(new JsonObject
                {
                    ["code"] = 131053,
                    ["error_data"] = new JsonObject { ["details"] = "Loading https://shop.example/ana.jpg for +34600000001 failed" },
                }),
            }),
        });

        await Edge.DeliverAndProcessAsync(body);
        var text = FailureText.Read((await GetAsync(message)).ErrorDetail);

        Assert.Equal((MetaErrors.Find(131053, null)!.CustomerText, "Loading … for … failed"), (text.Explanation, text.Detail));
    }

    [Fact]
    public async Task A_status_with_our_own_id_settles_a_message_whose_answer_never_came()
    {
        var message = await ClaimOneAsync();

        await Edge.DeliverAndProcessAsync(
            WebhookBody.Empty.Status(Number, Wamid, "delivered", Now, BizOpaqueCallback.Format(message), null));

        var row = await GetAsync(message);
        Assert.Equal((MessageState.Delivered, Wamid), (row.State, row.Wamid));
    }

    [Fact]
    public async Task A_status_that_another_tenants_number_received_moves_nothing()
    {
        var message = await AddAcceptedMessageAsync();
        await Node.People.AddBusinessAsync("Café Sol", "200");

        await Edge.DeliverAndProcessAsync(
            WebhookBody.Empty.Status("200", Wamid, "read", Now, BizOpaqueCallback.Format(message), null));

        Assert.Equal(MessageState.Accepted, (await GetAsync(message)).State);
    }

    [Fact]
    public async Task More_statuses_than_one_transaction_takes_are_all_applied()
    {
        var message = await AddAcceptedMessageAsync();
        var body = WebhookBody.Empty;
        for (var i = 0; i < 5_200; i++)
            body.Status(Number, "wamid.of.nobody", "sent", Now, null, null);
        body.Status(Number, Wamid, "read", Now, null, null);

        await Edge.DeliverAndProcessAsync(body);

        Assert.Equal(MessageState.Read, (await GetAsync(message)).State);
        Assert.Empty(await Edge.WaitingAsync());
    }

    [Fact]
    public async Task Meta_saying_that_a_person_stopped_marketing_is_an_opt_out_of_that_sender()
    {
        var message = await AddAcceptedMessageAsync();
        var row = await GetAsync(message);

        await Edge.DeliverAndProcessAsync(WebhookBody.Empty.Status(Number, Wamid, "failed", Now, null, 131050));
        await Edge.DeliverAndProcessAsync(WebhookBody.Empty.Status(Number, Wamid, "failed", Now.AddSeconds(2), null, 131050));

        Assert.Equal(ConsentState.Revoked, await Node.People.MarketingAsync(Shop.Tenant, row.ContactId, Shop.Sender));
        Assert.Equal(ConsentState.Granted, await Node.People.MarketingAsync(Shop.Tenant, row.ContactId, null));
    }

    [Fact]
    public async Task Metas_own_stop_and_resume_hold_for_that_sender_only()
    {
        var ana = await Node.People.AddPersonAsync(Shop.Tenant, Shop.List, Ana, isOptedIn: true);
        await Node.People.AddQueuedCampaignAsync(Shop);

        await Edge.DeliverAndProcessAsync(WebhookBody.Empty.Preference(Number, Ana, "stop", Now));
        Assert.Equal(ConsentState.Revoked, await Node.People.MarketingAsync(Shop.Tenant, ana, Shop.Sender));
        Assert.Equal(ConsentState.Granted, await Node.People.MarketingAsync(Shop.Tenant, ana, null));
        var queued = Assert.Single(await Node.People.MessagesAsync(Shop.Tenant, ana));
        Assert.Equal((MessageState.Suppressed, SuppressionReason.SenderPreference), (queued.State, queued.SuppressionReason));

        Clock.PutForward(TimeSpan.FromSeconds(5));
        await Edge.DeliverAndProcessAsync(WebhookBody.Empty.Preference(Number, Ana, "resume", Now));
        Assert.Equal(ConsentState.Granted, await Node.People.MarketingAsync(Shop.Tenant, ana, Shop.Sender));
    }

    [Fact]
    public async Task Metas_resume_does_not_lift_a_STOP()
    {
        var ana = await Node.People.AddPersonAsync(Shop.Tenant, Shop.List, Ana, isOptedIn: true);
        await Edge.DeliverAndProcessAsync(WebhookBody.Empty.Text(Number, Ana, "wamid.stop", "STOP", Now));
        Clock.PutForward(TimeSpan.FromSeconds(5));

        await Edge.DeliverAndProcessAsync(WebhookBody.Empty.Preference(Number, Ana, "resume", Now));

        Assert.Equal(ConsentState.Revoked, await Node.People.MarketingAsync(Shop.Tenant, ana, null));
    }

    [Theory]
    [InlineData("PAUSED", TemplateState.Paused)]
    [InlineData("rejected", TemplateState.Rejected)]
    [InlineData("DISABLED", TemplateState.Disabled)]
    [InlineData("SOMETHING_NEW", TemplateState.Approved)]
    public async Task What_Meta_decides_about_a_template_moves_it(string word, TemplateState expected)
    {
        await Edge.DeliverAndProcessAsync(WebhookBody.Empty.TemplateStatus("meta-spring_sale", word, "INVALID_FORMAT"));

        Assert.Equal(expected, (await Node.Get<ITemplateStore>().GetAsync(Shop.Tenant, Shop.Template, default))!.State);
    }

    [Fact]
    public async Task What_nobody_knows_is_counted_and_done()
    {
        await Edge.DeliverAndProcessAsync(
            WebhookBody.Empty.Change("field_of_the_future", new JsonObject { ["event"] = "SPARKLE" }),
            WebhookBody.Empty.Status(Number, Wamid, "danced", Now, null, null),
            WebhookBody.Empty.Message(Number, Ana, "wamid.3", Now, new JsonObject { ["type"] = "hologram" }),
            WebhookBody.Empty.TemplateStatus("meta-spring_sale", "SPARKLE", "NONE"));
        var noJson = "not json"u8.ToArray();
        await Edge.PostAsync(noJson, WebhookBody.Sign(noJson, WebhookEdge.Secret));
        await Edge.ProcessAsync();

        var counted = (await Node.Get<IWebhookInbox>().ListUnknownAsync(default)).Select(row => row.Kind).ToList();
        Assert.Contains("field_of_the_future:SPARKLE", counted);
        Assert.Contains("status:danced", counted);
        Assert.Contains("message:hologram", counted);
        Assert.Contains("template:SPARKLE", counted);
        Assert.Contains("malformed:", counted);
        Assert.Empty(await Edge.WaitingAsync());
        Assert.Empty(await Node.Get<IWebhookInbox>().ListDeadAsync(null, 10, default));
    }

    private async Task<MessageId> AddAcceptedMessageAsync()
    {
        var (message, lease) = await ClaimAsync();
        await Node.Get<IMessageStore>().SettleAsync([new Settlement
        {
            TenantId = Shop.Tenant,
            MessageId = message,
            Epoch = lease.Epoch,
            Attempt = 1,
            Outcome = AttemptOutcome.Accepted,
            NextState = MessageState.Accepted,
            Wamid = Wamid,
            Now = Now,
        }], default);
        return message;
    }

    private async Task<MessageId> ClaimOneAsync() => (await ClaimAsync()).Message;

    private async Task<(MessageId Message, Lease Lease)> ClaimAsync()
    {
        ContactId ana = await Node.People.AddPersonAsync(Shop.Tenant, Shop.List, Ana, isOptedIn: true);
        await Node.People.AddQueuedCampaignAsync(Shop);
        var lease = await Node.Get<ILeaseStore>().AcquireAsync(
            LeaseNames.Sender(Shop.Tenant, Shop.Sender), Node.Name, TimeSpan.FromMinutes(1), default);
        var claim = await Node.Get<IMessageStore>().ClaimAsync(new ClaimRequest
        {
            TenantId = Shop.Tenant,
            SenderId = Shop.Sender,
            Node = Node.Name,
            Epoch = lease!.Epoch,
            Limit = 10,
            Now = Now,
            Duration = TimeSpan.FromMinutes(1),
        }, default);
        var message = Assert.Single(claim.Messages);
        Assert.Equal(ana, message.ContactId);
        return (message.MessageId, lease);
    }

    private async Task<MessageRow> GetAsync(MessageId message) =>
        await Node.Get<IMessageStore>().GetAsync(Shop.Tenant, message, default) ?? throw new InvalidOperationException("The message is gone.");
}

public sealed class SqliteStatusTests() : StatusTests(DatabaseProvider.Sqlite);

public sealed class PostgreSqlStatusTests() : StatusTests(DatabaseProvider.PostgreSql);

using System.Net;
using Herald.Domain.Consents;
using Herald.Domain.Contacts;
using Herald.Domain.Messages;
using Herald.Storage;
using Herald.Storage.Contacts;
using Herald.Storage.Leases;
using Herald.Storage.Messages;
using Herald.Testing.Nodes;
using Herald.Webhooks.Tests.Support;
using Npgsql;

namespace Herald.Webhooks.Tests;

/// <summary>What holds when the delivery of an opt-out is acknowledged, before any round over the inbox.</summary>
public abstract class StopBarrierTests(DatabaseProvider provider) : WebhookTest(provider)
{
    private readonly StoreHooks _contacts = new();
    private readonly StoreHooks _messages = new();

    [Fact]
    public async Task A_STOP_holds_once_it_is_acknowledged()
    {
        var ana = await AddAnaWithQueuedMessageAsync();

        await Edge.DeliverAsync(WebhookBody.Empty.Text(Number, Ana, "wamid.stop", "STOP", Now));

        await AssertStoppedAsync(ana);
        Assert.Single(await Edge.WaitingAsync());
    }

    [Fact]
    public async Task The_round_over_the_inbox_adds_nothing_to_what_the_barrier_did()
    {
        var ana = await AddAnaWithQueuedMessageAsync();

        await Edge.DeliverAndProcessAsync(WebhookBody.Empty.Text(Number, Ana, "wamid.stop", "STOP", Now));

        await AssertStoppedAsync(ana);
        Assert.Equal(2, (await Node.People.MessagesAsync(Shop.Tenant, ana)).Count);
    }

    [Fact]
    public async Task A_marketing_preference_of_WhatsApp_holds_once_it_is_acknowledged()
    {
        var ana = await AddAnaWithQueuedMessageAsync();

        await Edge.DeliverAsync(WebhookBody.Empty.Preference(Number, Ana, "stop", Now));

        var message = Assert.Single(await Node.People.MessagesAsync(Shop.Tenant, ana));
        Assert.Equal((MessageState.Suppressed, SuppressionReason.SenderPreference), (message.State, message.SuppressionReason));
    }

    [Fact]
    public async Task The_acknowledgement_waits_for_what_was_claimed_before_the_STOP()
    {
        await AddAnaWithQueuedMessageAsync();
        var (epoch, claimed) = await ClaimOneAsync();
        var looks = 0;
        var looked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _messages.After = (method, found) =>
        {
            if (method == nameof(IMessageStore.AnyClaimedAsync) && found is true && ++looks == 3)
                looked.SetResult();
            return Task.CompletedTask;
        };

        var delivery = Edge.DeliverAsync(WebhookBody.Empty.Text(Number, Ana, "wamid.stop", "STOP", Now));
        await looked.Task.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.False(delivery.IsCompleted);
        Assert.Equal(1, await Node.Get<IMessageStore>().SettleAsync([Accepted(epoch, claimed)], default));
        await delivery;

        var message = await Node.Get<IMessageStore>().GetAsync(Shop.Tenant, claimed.MessageId, default);
        Assert.Equal(MessageState.Accepted, message!.State);
        Assert.DoesNotContain(Node.Log.Entries, entry => entry.EventId == 3009);
    }

    [Fact]
    public async Task The_acknowledgement_does_not_wait_for_ever()
    {
        var ana = await AddAnaWithQueuedMessageAsync();
        await ClaimOneAsync();

        await Edge.DeliverAsync(WebhookBody.Empty.Text(Number, Ana, "wamid.stop", "STOP", Now));

        Assert.Equal(ConsentState.Revoked, await Node.People.MarketingAsync(Shop.Tenant, ana, null));
        Assert.Contains(Node.Log.Entries, entry => entry.EventId == 3009);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_the_barrier_cannot_do_the_inbox_does(bool isTransient)
    {
        var ana = await AddAnaWithQueuedMessageAsync();
        var isBroken = true;
        _contacts.Before = (method, _) => isBroken && method == nameof(IContactStore.ResolveInboundAsync)
            ? Task.FromException(isTransient ? new NpgsqlException("away", new IOException("gone")) : new InvalidDataException("unreadable"))
            : Task.CompletedTask;

        var body = WebhookBody.Empty.Text(Number, Ana, "wamid.stop", "STOP", Now).ToBytes();
        var answer = await Edge.PostAsync(body, WebhookBody.Sign(body, WebhookEdge.Secret));
        // What passes by itself is worth Meta's repetition; what does not would be repeated for days.
        Assert.Equal(isTransient ? HttpStatusCode.ServiceUnavailable : HttpStatusCode.OK, answer);
        Assert.Equal(ConsentState.Granted, await Node.People.MarketingAsync(Shop.Tenant, ana, null));
        Assert.Contains(Node.Log.Entries, entry => entry.EventId == 3008);
        isBroken = false;
        await Edge.ProcessAsync();

        await AssertStoppedAsync(ana);
    }

    [Fact]
    public async Task A_STOP_that_storage_put_off_is_acknowledged_with_its_repetition()
    {
        var ana = await AddAnaWithQueuedMessageAsync();
        var isBroken = true;
        _contacts.Before = (method, _) => isBroken && method == nameof(IContactStore.ResolveInboundAsync)
            ? Task.FromException(new NpgsqlException("away", new IOException("gone")))
            : Task.CompletedTask;
        var body = WebhookBody.Empty.Text(Number, Ana, "wamid.stop", "STOP", Now).ToBytes();
        await Edge.PostAsync(body, WebhookBody.Sign(body, WebhookEdge.Secret));
        isBroken = false;

        var answer = await Edge.PostAsync(body, WebhookBody.Sign(body, WebhookEdge.Secret));

        Assert.Equal(HttpStatusCode.OK, answer);
        await AssertStoppedAsync(ana);
        Assert.Single(await Edge.WaitingAsync());
    }

    [Fact]
    public async Task One_persons_failure_does_not_keep_another_ones_STOP_back()
    {
        var ana = await AddAnaWithQueuedMessageAsync();
        _contacts.Before = (method, arguments) =>
            method == nameof(IContactStore.ResolveInboundAsync) && arguments[1] is InboundIdentity { Phone: "16505550002" }
                ? Task.FromException(new InvalidDataException("unreadable"))
                : Task.CompletedTask;

        await Edge.DeliverAsync(WebhookBody.Empty
            .Text(Number, "16505550002", "wamid.1", "STOP", Now)
            .Text(Number, Ana, "wamid.2", "STOP", Now));

        await AssertStoppedAsync(ana);
    }

    [Theory]
    [InlineData("""{"field":"messages","value":{"statuses":[]}}""", false)]
    [InlineData("""{"value":{"statuses":[]},"field":"messages"}""", false)]
    [InlineData("""{"field":"messages","value":{"messages":[]}}""", true)]
    [InlineData("{\"field\":\"messages\",\"value\":{\"messages\" \r\n\t: []}}", true)]
    [InlineData("""{"field":"user_preferences","value":{"user_preferences":[]}}""", true)]
    [InlineData("""{"field":"user_preferences"}""", false)]
    [InlineData("\"messages\"", false)]
    [InlineData("", false)]
    public void Only_bodies_in_which_people_speak_are_parsed(string body, bool expected) =>
        Assert.Equal(expected, DeliveryBody.MayOptOut(System.Text.Encoding.UTF8.GetBytes(body)));

    private protected override void ReplaceStores(TestNode node)
    {
        node.Replace<IContactStore>(_contacts.Around);
        node.Replace<IMessageStore>(_messages.Around);
    }

    private async Task<ContactId> AddAnaWithQueuedMessageAsync()
    {
        var ana = await Node.People.AddPersonAsync(Shop.Tenant, Shop.List, Ana, isOptedIn: true);
        await Node.People.AddQueuedCampaignAsync(Shop);
        return ana;
    }

    private async Task<(long Epoch, ClaimedMessage Message)> ClaimOneAsync()
    {
        var lease = await Node.Get<ILeaseStore>().AcquireAsync(
            LeaseNames.Sender(Shop.Tenant, Shop.Sender), Node.Name, TimeSpan.FromMinutes(1), default);
        var claim = await Node.Get<IMessageStore>().ClaimAsync(new ClaimRequest
        {
            TenantId = Shop.Tenant,
            SenderId = Shop.Sender,
            Node = Node.Name,
            Epoch = lease!.Epoch,
            Limit = 1,
            Now = Now,
            Duration = TimeSpan.FromMinutes(1),
        }, default);
        return (lease.Epoch, Assert.Single(claim.Messages));
    }

    private Settlement Accepted(long epoch, ClaimedMessage message) => new()
    {
        TenantId = Shop.Tenant,
        MessageId = message.MessageId,
        Epoch = epoch,
        Attempt = message.Attempt,
        Outcome = AttemptOutcome.Accepted,
        NextState = MessageState.Accepted,
        Wamid = "wamid.sent",
        Now = Now,
    };

    private async Task AssertStoppedAsync(ContactId contact)
    {
        Assert.Equal(ConsentState.Revoked, await Node.People.MarketingAsync(Shop.Tenant, contact, null));
        var message = Assert.Single(await Node.People.MessagesAsync(Shop.Tenant, contact), one => one.CampaignId is not null);
        Assert.Equal((MessageState.Suppressed, SuppressionReason.OptedOut), (message.State, message.SuppressionReason));
    }
}

public sealed class SqliteStopBarrierTests() : StopBarrierTests(DatabaseProvider.Sqlite);

public sealed class PostgreSqlStopBarrierTests() : StopBarrierTests(DatabaseProvider.PostgreSql);

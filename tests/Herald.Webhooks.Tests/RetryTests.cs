using Herald.Domain.Consents;
using Herald.Domain.Templates;
using Herald.Storage;
using Herald.Storage.Templates;
using Herald.Storage.Webhooks;
using Herald.Testing;
using Herald.Testing.Nodes;
using Herald.Webhooks.Tests.Support;
using Npgsql;

namespace Herald.Webhooks.Tests;

/// <summary>Deliveries that cannot be processed, and those beside them.</summary>
public abstract class RetryTests(DatabaseProvider provider) : WebhookTest(provider)
{
    private const string Poison = "meta-poison";
    private readonly StoreHooks _templates = new();
    private bool _isMended;

    [Fact]
    public async Task A_poison_delivery_is_tried_again_then_parked_while_its_neighbours_are_done()
    {
        Node.Log.Announce(nameof(InboxRound), 3005);
        var ana = await Node.People.AddPersonAsync(Shop.Tenant, Shop.List, Ana, isOptedIn: true);
        await Edge.DeliverAsync(WebhookBody.Empty.TemplateStatus(Poison, "PAUSED", "NONE"));
        await Edge.DeliverAsync(WebhookBody.Empty.Text(Number, Ana, "wamid.stop", "STOP", Now));

        Assert.Equal(2, await Edge.ProcessOnceAsync());
        Assert.Equal(ConsentState.Revoked, await Node.People.MarketingAsync(Shop.Tenant, ana, null));
        Assert.Empty(await Edge.WaitingAsync());
        for (var attempt = 2; attempt <= AttemptsMax; attempt++)
        {
            Clock.PutForward(TimeSpan.FromSeconds(10));
            Assert.Equal(1, await Edge.ProcessOnceAsync());
        }
        Clock.PutForward(TimeSpan.FromDays(1));

        Assert.Empty(await Edge.WaitingAsync());
        var dead = Assert.Single(await Node.Get<IWebhookInbox>().ListDeadAsync(null, 10, default));
        Assert.Equal((AttemptsMax, nameof(InvalidDataException)), (dead.Attempts, dead.Error));
    }

    [Fact]
    public async Task A_parked_delivery_can_be_replayed_once_its_cause_is_mended()
    {
        Node.Log.Announce(nameof(InboxRound), 3005);
        await Edge.DeliverAsync(WebhookBody.Empty.TemplateStatus(Poison, "PAUSED", "NONE").TemplateStatus("meta-spring_sale", "PAUSED", "NONE"));
        for (var attempt = 1; attempt <= AttemptsMax; attempt++)
        {
            await Edge.ProcessOnceAsync();
            Clock.PutForward(TimeSpan.FromSeconds(10));
        }
        var dead = Assert.Single(await Node.Get<IWebhookInbox>().ListDeadAsync(null, 10, default));

        _isMended = true;
        Assert.True(await Node.Get<IWebhookInbox>().ReplayAsync(dead.Id, default));
        await Edge.ProcessAsync();

        Assert.Equal(TemplateState.Paused, (await Node.Get<ITemplateStore>().GetAsync(Shop.Tenant, Shop.Template, default))!.State);
        Assert.Empty(await Node.Get<IWebhookInbox>().ListDeadAsync(null, 10, default));
    }

    [Fact]
    public async Task A_database_that_is_away_counts_no_attempt_against_a_delivery()
    {
        var away = true;
        _templates.Before = (_, _) => away ? Task.FromException(new NpgsqlException("away", new IOException("gone"))) : Task.CompletedTask;
        await Edge.DeliverAsync(WebhookBody.Empty.TemplateStatus("meta-spring_sale", "PAUSED", "NONE"));

        await Assert.ThrowsAsync<NpgsqlException>(Edge.ProcessOnceAsync);
        Assert.Equal(0, Assert.Single(await Edge.WaitingAsync()).Attempts);
        away = false;
        await Edge.ProcessAsync();

        Assert.Equal(TemplateState.Paused, (await Node.Get<ITemplateStore>().GetAsync(Shop.Tenant, Shop.Template, default))!.State);
    }

    [Fact]
    public async Task A_round_that_broke_off_counts_its_inbound_messages_once()
    {
        var away = true;
        _templates.Before = (_, _) => away ? Task.FromException(new NpgsqlException("away", new IOException("gone"))) : Task.CompletedTask;
        var told = new List<string>();
        var isOver = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var subscription = await Node.Get<IDatabaseSignals>().ListenAsync(SignalChannels.InboundChannel, payload =>
        {
            if (payload == "end")
                isOver.TrySetResult();
            else
                told.Add(payload);
        });
        await Edge.DeliverAsync(WebhookBody.Empty.Text(Number, Ana, "w1", "hello", Now).TemplateStatus("meta-spring_sale", "PAUSED", "NONE"));

        await Assert.ThrowsAsync<NpgsqlException>(Edge.ProcessOnceAsync);
        await Edge.DeliverAsync(WebhookBody.Empty.Text(Number, Ana, "w2", "hello again", Now));
        away = false;
        await Edge.ProcessAsync();
        await Node.Get<IDatabaseSignals>().PublishAsync(SignalChannels.InboundChannel, "end", default);
        await isOver.Task.WaitAsync(TimeSpan.FromSeconds(30));

        Assert.Equal(Enumerable.Repeat(InboundCount.Format([new InboundCount(Shop.Tenant, Shop.Sender, 1)]), 2), told);
    }

    [Fact]
    public async Task A_template_moves_even_when_others_write_it_all_the_time()
    {
        var rival = Node.Database.Get<ITemplateStore>();
        var races = 5;
        _templates.Before = async (method, _) =>
        {
            if (method != nameof(ITemplateStore.UpdateAsync) || races-- <= 0)
                return;
            var row = await rival.GetAsync(Shop.Tenant, Shop.Template, default);
            Assert.NotNull(await rival.UpdateAsync(row! with { Quality = "YELLOW" }, default));
        };

        await Edge.DeliverAndProcessAsync(WebhookBody.Empty.TemplateStatus("meta-spring_sale", "PAUSED", "NONE"));

        Assert.Equal(TemplateState.Paused, (await rival.GetAsync(Shop.Tenant, Shop.Template, default))!.State);
    }

    private protected override void ReplaceStores(TestNode node)
    {
        _templates.Before = (method, arguments) => !_isMended && method == nameof(ITemplateStore.FindByMetaIdAsync) && arguments[0] is Poison
            ? Task.FromException(new InvalidDataException("Nobody can read this."))
            : Task.CompletedTask;
        node.Replace<ITemplateStore>(_templates.Around);
    }
}

public sealed class SqliteRetryTests() : RetryTests(DatabaseProvider.Sqlite);

public sealed class PostgreSqlRetryTests() : RetryTests(DatabaseProvider.PostgreSql);

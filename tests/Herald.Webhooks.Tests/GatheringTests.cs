using System.Text;
using System.Threading.Channels;
using Herald.Storage;
using Herald.Storage.Webhooks;
using Herald.Testing.Nodes;
using Herald.Webhooks.Tests.Support;

namespace Herald.Webhooks.Tests;

/// <summary>Statuses that come one upon the other are processed together, and nothing else waits for them.</summary>
public abstract class GatheringTests(DatabaseProvider provider) : WebhookTest(provider)
{
    /// <summary>Rounds of a test: one that was under way, the statuses gathered, and what came on their heels.</summary>
    private const int RoundsMax = 4;

    private readonly StoreHooks _inbox = new();
    private readonly Channel<int> _rounds = Channel.CreateUnbounded<int>();

    protected override bool ProcessesByItself => true;

    [Fact]
    public async Task Statuses_gather_until_somebody_writes()
    {
        await DeliverManyAsync(30);
        await Edge.DeliverAsync(WebhookBody.Empty.Text(Number, Ana, "wamid.in", "hello", Now));

        Assert.InRange(await RoundsUntilAsync(31, WebhookEdge.RoundInterval), 1, RoundsMax);
    }

    [Fact]
    public async Task Statuses_that_nothing_follows_wait_no_longer_than_the_interval()
    {
        await DeliverManyAsync(10);

        Assert.InRange(await RoundsUntilAsync(10, WebhookEdge.RoundInterval * 3), 1, RoundsMax);
    }

    [Fact]
    public async Task A_failure_does_not_wait()
    {
        await DeliverManyAsync(10);
        await Edge.DeliverAsync(WebhookBody.Empty.Status(Number, "wamid.failed", "failed", Now, null, 131026));

        Assert.InRange(await RoundsUntilAsync(11, WebhookEdge.RoundInterval), 1, RoundsMax);
    }

    [Theory]
    [InlineData("""{"field":"messages","value":{"statuses":[{"status":"sent"}]}}""", true)]
    [InlineData("""{"field":"messages","value":{"statuses":[{"status":"failed","errors":[{"code":131026}]}]}}""", false)]
    [InlineData("""{"field":"messages","value":{"statuses":[{"status":"sent"}]}},{"field":"messages","value":{"messages":[]}}""", false)]
    [InlineData("""{"field":"messages","value":{"statuses":[]}},{"field":"user_preferences","value":{"user_preferences":[]}}""", false)]
    [InlineData("""{"field":"message_template_status_update","value":{"event":"PAUSED"}}""", false)]
    [InlineData("not json", false)]
    [InlineData("", false)]
    public void Only_bodies_of_statuses_without_a_failure_may_wait(string body, bool expected) =>
        Assert.Equal(expected, DeliveryBody.IsGoodNewsOnly(Encoding.UTF8.GetBytes(body)));

    private protected override void ReplaceStores(TestNode node)
    {
        _inbox.After = (method, result) =>
        {
            if (method == nameof(IWebhookInbox.DoneAsync))
                _rounds.Writer.TryWrite((int)result!);
            return Task.CompletedTask;
        };
        node.Replace<IWebhookInbox>(_inbox.Around);
    }

    private async Task DeliverManyAsync(int count)
    {
        for (var i = 0; i < count; i++)
            await Edge.DeliverAsync(WebhookBody.Empty.Status(Number, $"wamid.{i}", "delivered", Now, null, null));
    }

    /// <summary>How many rounds it took until so many deliveries were done.</summary>
    private async Task<int> RoundsUntilAsync(int deliveries, TimeSpan limit)
    {
        using var timeout = new CancellationTokenSource(limit);
        var rounds = 0;
        for (var done = 0; done < deliveries; rounds++)
            done += await _rounds.Reader.ReadAsync(timeout.Token);
        return rounds;
    }
}

public sealed class SqliteGatheringTests() : GatheringTests(DatabaseProvider.Sqlite);

public sealed class PostgreSqlGatheringTests() : GatheringTests(DatabaseProvider.PostgreSql);

using System.Threading.Channels;
using Herald.Storage.Webhooks;
using Herald.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Herald.Storage.Conformance.Webhooks;

public abstract class InboxTests(DatabaseProvider provider) : ConformanceTest(provider)
{
    private IWebhookInbox Inbox => Get<IWebhookInbox>();

    [Fact]
    public async Task A_delivery_is_stored_once_and_given_in_order_until_it_is_done()
    {
        var (first, second) = (Delivery(1), Delivery(2));

        Assert.Equal(2, await Inbox.StoreAsync([second, first, first with { Id = Ids.NewId() }], None));
        Assert.Equal(0, await Inbox.StoreAsync([Delivery(1)], None));
        var waiting = await Inbox.NextAsync(Now, 10, None);

        Assert.Equal([first.Id, second.Id], waiting.Select(row => row.Id));
        Assert.Equal(first.Body, waiting[0].Body);
        Assert.Equal((InboxState.Waiting, 0, "", Now), (waiting[0].State, waiting[0].Attempts, waiting[0].Error, waiting[0].ReceiveTime));
        Assert.Single(await Inbox.NextAsync(Now, 1, None));
        Assert.Equal(1, await Inbox.DoneAsync([first.Id, Ids.NewId()], Now, None));
        Assert.Equal(0, await Inbox.DoneAsync([first.Id], Now, None));
        Assert.Equal([second.Id], (await Inbox.NextAsync(Now, 10, None)).Select(row => row.Id));
    }

    [Fact]
    public async Task A_failure_is_counted_and_waits_and_a_poison_delivery_is_parked_until_it_is_replayed()
    {
        var delivery = Delivery(1);
        await Inbox.StoreAsync([delivery], None);

        Assert.True(await Inbox.RetryAsync(delivery.Id, "first", Now.AddSeconds(10), None));
        Assert.Empty(await Inbox.NextAsync(Now, 10, None));
        Assert.Equal((1, "first"), (await Inbox.NextAsync(Now.AddSeconds(10), 10, None)).Select(row => (row.Attempts, row.Error)).Single());
        Assert.True(await Inbox.ParkAsync(delivery.Id, "second", None));
        Assert.False(await Inbox.RetryAsync(delivery.Id, "third", Now, None));
        Assert.False(await Inbox.ParkAsync(delivery.Id, "third", None));
        Assert.Equal((2, "second"), (await Inbox.ListDeadAsync(null, 10, None)).Select(row => (row.Attempts, row.Error)).Single());
        Assert.Empty(await Inbox.ListDeadAsync(delivery.Id, 10, None));
        Assert.True(await Inbox.ReplayAsync(delivery.Id, None));
        Assert.False(await Inbox.ReplayAsync(delivery.Id, None));
        Assert.Equal(0, Assert.Single(await Inbox.NextAsync(Now, 10, None)).Attempts);
    }

    [Fact]
    public async Task Only_old_processed_deliveries_are_purged()
    {
        InboxDelivery[] deliveries = [Delivery(1), Delivery(2), Delivery(3), Delivery(4)];
        await Inbox.StoreAsync(deliveries, None);
        await Inbox.DoneAsync([deliveries[0].Id, deliveries[1].Id], Now, None);
        await Inbox.DoneAsync([deliveries[2].Id], Now.AddSeconds(1), None);

        Assert.Equal(1, await Inbox.PurgeAsync(Now.AddSeconds(1), 1, None));
        Assert.Equal(1, await Inbox.PurgeAsync(Now.AddSeconds(1), 10, None));
        Assert.Equal(0, await Inbox.PurgeAsync(Now.AddSeconds(1), 10, None));
        Assert.Equal([deliveries[3].Id], (await Inbox.NextAsync(Now, 10, None)).Select(row => row.Id));
    }

    [Fact]
    public async Task The_same_deliveries_stored_by_many_at_once_are_stored_once()
    {
        var other = Database.AddNode().GetRequiredService<IWebhookInbox>();
        var random = new Random(4);
        var batches = Enumerable.Range(0, 6).Select(_ =>
        {
            InboxDelivery[] batch = [.. Enumerable.Range(0, 100).Select(Delivery)];
            random.Shuffle(batch);
            return batch;
        }).ToList();

        var stored = await Task.WhenAll(batches.Select((batch, i) => Task.Run(() => (i % 2 == 0 ? Inbox : other).StoreAsync(batch, None))));

        Assert.Equal(100, stored.Sum());
        Assert.Equal(100, (await Inbox.NextAsync(Now, 1000, None)).Count);
    }

    [Fact]
    public async Task Stored_deliveries_signal_the_inbox()
    {
        var heard = 0;
        using var arrived = new SemaphoreSlim(0);
        using var subscription = Get<IDatabaseSignals>().Subscribe(SignalChannels.Inbox, _ =>
        {
            Interlocked.Increment(ref heard);
            arrived.Release();
        });

        for (var i = 0; heard < 3; i++)
        {
            await Inbox.StoreAsync([Delivery(i)], None);
            Assert.True(await arrived.WaitAsync(Limit));
        }

        Assert.True(heard >= 3);
    }

    [Theory]
    [InlineData(true, true, 1)]
    [InlineData(true, false, 0)]
    [InlineData(false, false, 0)]
    public async Task The_signal_says_whether_all_that_came_can_wait(bool firstCan, bool secondCan, int expected)
    {
        const string End = "end";
        var heard = Channel.CreateUnbounded<string>();
        using var subscription = await Get<IDatabaseSignals>().ListenAsync(SignalChannels.Inbox, payload => heard.Writer.TryWrite(payload));
        InboxDelivery[] batch = [Delivery(1, firstCan), Delivery(2, secondCan)];

        Assert.Equal(2, await Inbox.StoreAsync(batch, None));
        Assert.Equal(0, await Inbox.StoreAsync(batch, None));
        await Get<IDatabaseSignals>().PublishAsync(SignalChannels.Inbox, End, None);

        var signals = new List<string>();
        while (await heard.Reader.ReadAsync().AsTask().WaitAsync(Limit) is var signal && signal != End)
            signals.Add(signal);
        Assert.Equal(Enumerable.Repeat(SignalChannels.InboxStatuses, expected), signals);
    }

    [Fact]
    public async Task Group_committed_deliveries_are_readable_when_the_wait_ends()
    {
        await using var writer = new GroupCommitWriter<InboxDelivery>(
            "inbox", new GroupCommitOptions(), (batch, ct) => Inbox.StoreAsync(batch, ct), TimeProvider.System);

        await Task.WhenAll(Enumerable.Range(0, 300).Select(i => Task.Run(() => writer.WriteAsync(Delivery(i), None))));

        Assert.Equal(300, (await Inbox.NextAsync(Now, 1000, None)).Count);
    }

    [Fact]
    public async Task Unknown_kinds_are_counted_by_their_exact_name()
    {
        await Inbox.CountUnknownAsync(new Dictionary<string, long> { ["flows"] = 2, ["Flows"] = 1 }, Now, None);
        await Inbox.CountUnknownAsync(new Dictionary<string, long> { ["flows"] = 3 }, Now.AddSeconds(1), None);

        var kinds = (await Inbox.ListUnknownAsync(None)).ToDictionary(row => row.Kind);

        Assert.Equal((5, Now, Now.AddSeconds(1)), (kinds["flows"].Count, kinds["flows"].FirstTime, kinds["flows"].LastTime));
        Assert.Equal(1, kinds["Flows"].Count);
    }

    private InboxDelivery Delivery(int number) => Delivery(number, canWait: false);

    private InboxDelivery Delivery(int number, bool canWait) => new()
    {
        Id = Ids.NewId(),
        Body = [0, 255, (byte)number, (byte)(number >> 8)],
        BodyHash = [(byte)number, (byte)(number >> 8), 0],
        ReceiveTime = Now,
        CanWait = canWait,
    };
}

public sealed class SqliteInboxTests() : InboxTests(DatabaseProvider.Sqlite);

public sealed class PostgreSqlInboxTests() : InboxTests(DatabaseProvider.PostgreSql);

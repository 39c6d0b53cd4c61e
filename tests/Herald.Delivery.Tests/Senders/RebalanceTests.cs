using Herald.Delivery.Tests.Support;
using Herald.Domain.Messages;
using Herald.Domain.Senders;
using Herald.Storage;
using Herald.Storage.Leases;
using Herald.Storage.Messages;
using Herald.Testing.Nodes;

namespace Herald.Delivery.Tests.Senders;

/// <summary>Several nodes on one database: each sender is one node's at a time, whoever comes, goes or dies.</summary>
public abstract class RebalanceTests(DatabaseProvider provider) : DeliveryTest(provider)
{
    private readonly List<SenderId> _senders = [];

    [Fact]
    public async Task A_node_that_joins_gets_its_share_and_gives_it_back_when_it_stops()
    {
        await AddSendersAsync(3);
        await using var neighbour = await AddNeighbourAsync();
        await StartAsync(LongLeases);
        await UntilOwnersAsync("all on one node", owners => owners.Count(owner => owner == Node.Name) == 4);

        await using var joined = await StartOnAsync(neighbour, LongLeases);
        await UntilOwnersAsync("two each", owners => owners.Count(owner => owner == Node.Name) == 2 && owners.Count(owner => owner == neighbour.Name) == 2);
        await joined.StopAsync();

        // Their leases would run for a minute: they were released.
        await UntilOwnersAsync("all on one node again", owners => owners.Count(owner => owner == Node.Name) == 4);
        var nodes = await Node.Get<ILeaseStore>().ListLivingAsync(LeaseNames.NodePrefix, default);
        Assert.Equal(LeaseNames.Node(Node.Name), Assert.Single(nodes).Name);
    }

    [Fact]
    public async Task Senders_that_change_hands_under_load_send_everything_once()
    {
        await AddSendersAsync(3);
        await Node.People.AddPeopleAsync(Shop, 60);
        foreach (var sender in _senders)
            await Node.People.AddQueuedCampaignAsync(Shop with { Sender = sender });
        Meta.Answer = async (_, number) =>
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20 + (number % 5 * 20)), TimeProvider.System);
            return FakeMeta.Accepted(number);
        };
        await using var neighbour = await AddNeighbourAsync();
        // Small shares of a node, so that there is something left to send when the senders move.
        var slow = new Dictionary<string, string?>(LongLeases) { ["ConcurrencyPerSender"] = "4" };

        await StartAsync(slow);
        await Watch.UntilAsync("the first messages", () => Task.FromResult(Meta.Sent.Count), sent => sent > 10);
        await using var joined = await StartOnAsync(neighbour, slow);
        await UntilOwnersAsync("two each", owners => owners.Count(owner => owner == neighbour.Name) == 2);
        await joined.StopAsync();
        var rows = await UntilAllAreAsync(MessageState.Accepted);

        Assert.Equal(240, rows.Count);
        Assert.Equal(240, Meta.Sent.Count);
        Assert.Equal(240, Meta.Sent.Select(sent => sent.CallbackData).Distinct().Count());
    }

    [Fact]
    public async Task What_a_dead_node_owned_is_taken_over_when_its_leases_end()
    {
        await AddSendersAsync(1);
        var leases = Node.Get<ILeaseStore>();
        var names = _senders.Select(sender => LeaseNames.Sender(Shop.Tenant, sender)).Append(LeaseNames.Node("dead")).ToList();
        Assert.Equal(3, (await leases.AcquireManyAsync(names, "dead", TimeSpan.FromSeconds(1), default)).Count);

        await StartAsync();

        await UntilOwnersAsync("all on the living node", owners => owners.Count(owner => owner == Node.Name) == 2);
    }

    [Fact]
    public async Task A_worker_whose_sender_was_taken_in_the_middle_of_a_claim_sends_none_of_it()
    {
        var taken = 0;
        Messages.Before = async (method, _) =>
        {
            if (method != nameof(IMessageStore.ClaimAsync) || Interlocked.Exchange(ref taken, 1) != 0)
                return;
            var leases = Node.Get<ILeaseStore>();
            var mine = (await leases.ListAsync(LeaseNames.SenderPrefix, default)).Where(lease => lease.Node == Node.Name).ToList();
            await leases.ReleaseManyAsync(mine, default);
            Assert.Single(await leases.AcquireManyAsync([.. mine.Select(lease => lease.Name)], "robber", TimeSpan.FromSeconds(1), default));
        };
        await AddQueuedAsync(3);

        await StartAsync();
        var rows = await UntilAllAreAsync(MessageState.Accepted);

        // The one claim under the lost epoch took nothing; all went out after the robber's lease had ended.
        Assert.All(rows, row => Assert.Equal(1, row.Attempts));
        Assert.Equal(3, Meta.Sent.Count);
        Assert.Equal(1, taken);
    }

    private static Dictionary<string, string?> LongLeases => new() { ["LeaseDuration"] = "00:01:00" };

    private async Task AddSendersAsync(int more)
    {
        _senders.Add(Shop.Sender);
        for (var i = 0; i < more; i++)
            _senders.Add(await Node.People.AddSenderAsync(Shop.Tenant, $"20{i}", SenderKind.Business, "EAAtoken"));
    }

    private async Task<TestNode> AddNeighbourAsync()
    {
        var neighbour = Node.CreateNeighbour("node-b");
        await neighbour.StartSiloAsync();
        return neighbour;
    }

    /// <summary>The owner of each sender; empty when it has none.</summary>
    private Task<List<string>> UntilOwnersAsync(string what, Func<List<string>, bool> holds) => Watch.UntilAsync(what, async () =>
    {
        var leases = await Node.Get<ILeaseStore>().ListLivingAsync(LeaseNames.SenderPrefix, default);
        return _senders.ConvertAll(sender => leases.FirstOrDefault(lease => lease.Name == LeaseNames.Sender(Shop.Tenant, sender))?.Node ?? "");
    }, holds);
}

public sealed class SqliteRebalanceTests() : RebalanceTests(DatabaseProvider.Sqlite);

public sealed class PostgreSqlRebalanceTests() : RebalanceTests(DatabaseProvider.PostgreSql);

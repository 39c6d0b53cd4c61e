using Herald.Delivery.Tests.Support;
using Herald.Domain.Messages;
using Herald.Storage;
using Herald.Storage.Messages;
using Herald.Testing.Nodes;

namespace Herald.Delivery.Tests.Messages;

/// <summary>No request is written of a claim that other nodes may have given up, and no node gives one up because of its own clock.</summary>
public abstract class ClaimTimeTests(DatabaseProvider provider) : DeliveryTest(provider)
{
    // Leases that outlast everything, so that it is the claim's own age that counts.
    private protected static readonly Dictionary<string, string?> ShortClaims = new() { ["LeaseDuration"] = "00:05:00", ["ClaimDuration"] = "00:00:10" };

    [Fact]
    public async Task A_node_that_was_suspended_after_a_claim_writes_no_request_of_it()
    {
        var isDone = 0;
        Messages.After = (method, result) =>
        {
            if (method == nameof(IMessageStore.ClaimAsync) && result is ClaimResult { Messages.Count: > 0 } && Interlocked.Exchange(ref isDone, 1) == 0)
                Clock.PutForward(TimeSpan.FromSeconds(9));
            return Task.CompletedTask;
        };
        await AddQueuedAsync(4);

        await StartAsync(ShortClaims);

        await AssertSentOnceInTheSecondAttemptAsync();
    }

    [Fact]
    public async Task A_claim_whose_statement_took_long_counts_from_when_it_was_asked_for()
    {
        var isDone = 0;
        Messages.Before = (method, _) =>
        {
            if (method == nameof(IMessageStore.ClaimAsync) && Interlocked.Exchange(ref isDone, 1) == 0)
                Clock.PutForward(TimeSpan.FromSeconds(9));
            return Task.CompletedTask;
        };
        await AddQueuedAsync(4);

        await StartAsync(ShortClaims);

        await AssertSentOnceInTheSecondAttemptAsync();
    }

    private async Task AssertSentOnceInTheSecondAttemptAsync()
    {
        var rows = await UntilAllAreAsync(MessageState.Accepted);
        Assert.All(rows, row => Assert.Equal(2, row.Attempts));
        Assert.Equal(4, Meta.Sent.Count);
    }
}

public sealed class SqliteClaimTimeTests() : ClaimTimeTests(DatabaseProvider.Sqlite);

public sealed class PostgreSqlClaimTimeTests() : ClaimTimeTests(DatabaseProvider.PostgreSql)
{
    /// <summary>On SQLite there is one process, and so one clock.</summary>
    [Fact]
    public async Task A_node_whose_clock_is_ahead_gives_up_no_living_claim_of_another()
    {
        var answer = new TaskCompletionSource();
        Meta.Answer = async (_, number) =>
        {
            await answer.Task;
            return FakeMeta.Accepted(number);
        };
        await AddQueuedAsync(3);
        await StartAsync();
        await Watch.UntilAsync("requests on their way", () => Task.FromResult(Meta.Sent.Count), sent => sent == 3);
        var ahead = new ShiftableClock();
        ahead.PutForward(TimeSpan.FromMinutes(10));
        await using var neighbour = Node.CreateNeighbour("node-b", ahead);
        var looks = 0;
        neighbour.Replace<IMessageStore>(inner => new StoreHooks
        {
            After = (method, _) =>
            {
                if (method == nameof(IMessageStore.ExpireClaimsAsync))
                    Interlocked.Increment(ref looks);
                Watch.Pulse();
                return Task.CompletedTask;
            },
        }.Around(inner));
        await neighbour.StartSiloAsync();
        await using var loops = await StartOnAsync(neighbour, []);

        await Watch.UntilAsync("two looks for claims that ran out", () => Task.FromResult(Volatile.Read(ref looks)), seen => seen >= 2);

        Assert.All(await Node.People.MessagesAsync(Shop.Tenant, null), row => Assert.Equal((MessageState.Claimed, 1), (row.State, row.Attempts)));
        answer.SetResult();
        Assert.All(await UntilAllAreAsync(MessageState.Accepted), row => Assert.Equal(1, row.Attempts));
        Assert.Equal(3, Meta.Sent.Count);
    }
}

using System.Threading.Channels;
using Dapper;
using Microsoft.Extensions.DependencyInjection;

namespace Herald.Storage.Conformance.Signals;

public abstract class SignalTests(DatabaseProvider provider) : ConformanceTest(provider)
{
    [Fact]
    public async Task A_published_signal_reaches_every_subscriber_of_its_channel_and_no_other()
    {
        var signals = Get<IDatabaseSignals>();
        var (first, second, other) = (await ListenAsync(signals, "a"), await ListenAsync(signals, "a"), await ListenAsync(signals, "b"));

        await signals.PublishAsync("a", "hello", None);
        await signals.PublishAsync("b", "there", None);

        Assert.Equal("hello", await NextAsync(first));
        Assert.Equal("hello", await NextAsync(second));
        Assert.Equal("there", await NextAsync(other));
    }

    [Fact]
    public async Task A_signal_of_a_transaction_comes_after_the_commit_and_not_after_a_rollback()
    {
        var database = Get<IDatabase>();
        var heard = await ListenAsync(Get<IDatabaseSignals>(), "c");

        await Assert.ThrowsAsync<InvalidOperationException>(() => database.WriteAsync<int>(async (_, transaction) =>
        {
            await database.NotifyAsync(transaction, "c", "lost", None);
            throw new InvalidOperationException("Roll back.");
        }, None));
        await database.WriteAsync(async (_, transaction) =>
        {
            await database.NotifyAsync(transaction, "c", "kept", None);
            return 0;
        }, None);

        Assert.Equal("kept", await NextAsync(heard));
    }

    [Fact]
    public async Task A_channel_is_heard_once_somebody_listens()
    {
        var signals = Get<IDatabaseSignals>();
        Assert.False(signals.Hears("g"));

        await ListenAsync(signals, "g");

        Assert.True(signals.Hears("g"));
        Assert.False(signals.Hears("h"));
    }

    [Fact]
    public async Task A_disposed_subscription_hears_nothing_more()
    {
        var signals = Get<IDatabaseSignals>();
        var kept = await ListenAsync(signals, "d");
        var heard = 0;
        signals.Subscribe("d", _ => heard++).Dispose();

        await signals.PublishAsync("d", "x", None);

        Assert.Equal("x", await NextAsync(kept));
        Assert.Equal(0, heard);
    }

    protected static async Task<ChannelReader<string>> ListenAsync(IDatabaseSignals signals, string channel)
    {
        var heard = Channel.CreateUnbounded<string>();
        signals.Subscribe(channel, payload => heard.Writer.TryWrite(payload));
        // The subscription holds from the first own signal that comes back.
        var token = $"ready-{heard.GetHashCode()}";
        await signals.PublishAsync(channel, token, None);
        using var limit = new CancellationTokenSource(Limit);
        while (await heard.Reader.ReadAsync(limit.Token) != token)
        {
            if (!heard.Reader.TryPeek(out _))
                await signals.PublishAsync(channel, token, None);
        }
        while (heard.Reader.TryRead(out _))
        {
            // Repetitions of the token are of no interest.
        }
        return heard.Reader;
    }

    protected static async Task<string> NextAsync(ChannelReader<string> heard)
    {
        using var limit = new CancellationTokenSource(Limit);
        while (true)
        {
            var payload = await heard.ReadAsync(limit.Token);
            if (payload.Length > 0 && !payload.StartsWith("ready-", StringComparison.Ordinal))
                return payload;
        }
    }
}

public sealed class SqliteSignalTests() : SignalTests(DatabaseProvider.Sqlite);

public sealed class PostgreSqlSignalTests() : SignalTests(DatabaseProvider.PostgreSql)
{
    [Fact]
    public async Task Signals_reach_other_nodes()
    {
        var heard = await ListenAsync(Get<IDatabaseSignals>(), "e");
        var other = Database.AddNode().GetRequiredService<IDatabaseSignals>();

        await other.PublishAsync("e", "from afar", None);

        Assert.Equal("from afar", await NextAsync(heard));
    }

    [Fact]
    public async Task A_broken_listener_comes_back_and_tells_subscribers_to_look_at_everything()
    {
        var signals = Get<IDatabaseSignals>();
        var heard = await ListenAsync(signals, "f");

        await using (var connection = await Get<IDatabase>().OpenAsync(None))
        {
            await connection.ExecuteAsync(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'herald-listen' AND datname = current_database()");
        }
        await Time.WaitForTimerAsync(Limit);
        // Noticed: what was told since it broke is lost already.
        Assert.False(signals.Hears("f"));
        await UntilEmptyAsync(heard);
        Time.AdvanceToNextTimer();

        await UntilEmptyAsync(heard);
        await signals.PublishAsync("f", "again", None);
        Assert.Equal("again", await NextAsync(heard));
        Assert.True(signals.Hears("f"));
    }

    private static async Task UntilEmptyAsync(ChannelReader<string> heard)
    {
        using var limit = new CancellationTokenSource(Limit);
        // Late repetitions of the token may stand before it; without it the limit ends the wait.
        while ((await heard.ReadAsync(limit.Token)).Length > 0)
        {
        }
    }
}

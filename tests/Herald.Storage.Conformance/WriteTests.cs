using Dapper;
using Herald.Storage.Webhooks;

namespace Herald.Storage.Conformance;

public abstract class WriteTests(DatabaseProvider provider) : ConformanceTest(provider)
{
    private readonly TaskCompletionSource _firstGoesOn = new();

    [Fact]
    public async Task Of_writes_that_wait_together_the_one_that_fails_takes_no_other_with_it()
    {
        var heard = new List<string>();
        using var subscription = Get<IDatabaseSignals>().Subscribe("w", payload =>
        {
            lock (heard)
                heard.Add(payload);
        });
        var first = WriteAsync("first", () => _firstGoesOn.Task);
        var before = WriteAsync("before", () => Task.CompletedTask);
        var failing = WriteAsync("failing", () => throw new InvalidOperationException("Roll back."));
        var after = WriteAsync("after", () => Task.CompletedTask);
        _firstGoesOn.SetResult();

        Assert.Equal(["first", "before", "after"], await Task.WhenAll(first, before, after).WaitAsync(Limit));
        Assert.Equal("Roll back.", (await Assert.ThrowsAsync<InvalidOperationException>(() => failing)).Message);
        Assert.Equal(["after", "before", "first"], await KindsAsync());
        if (Provider == DatabaseProvider.Sqlite)
            Assert.Equal(["after", "before", "first"], heard.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_write_that_is_given_up_while_it_waits_is_not_done_and_others_are()
    {
        using var given = new CancellationTokenSource();
        var first = WriteAsync("first", () => _firstGoesOn.Task);
        await given.CancelAsync();
        var givenUp = WriteAsync("given up", () => Task.CompletedTask, given.Token);
        var last = WriteAsync("last", () => Task.CompletedTask);
        _firstGoesOn.SetResult();

        Assert.Equal(["first", "last"], await Task.WhenAll(first, last).WaitAsync(Limit));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => givenUp);
        Assert.Equal(["first", "last"], await KindsAsync());
    }

    [Fact]
    public async Task Many_writes_at_once_are_all_there_once()
    {
        var writes = Enumerable.Range(0, 100).Select(i => WriteAsync($"{i:000}", () => i % 10 == 3 ? throw new InvalidOperationException() : Task.CompletedTask)).ToList();

        await Task.WhenAll(writes).ContinueWith(_ => { }, TaskScheduler.Default).WaitAsync(Limit);

        Assert.Equal(10, writes.Count(write => write.IsFaulted));
        Assert.Equal(Enumerable.Range(0, 100).Where(i => i % 10 != 3).Select(i => $"{i:000}"), await KindsAsync());
        Assert.All(await Get<IWebhookInbox>().ListUnknownAsync(None), row => Assert.Equal(1, row.Count));
    }

    /// <summary>Counts a kind, tells of it, and then does what else is to be done in the transaction.</summary>
    private Task<string> WriteAsync(string kind, Func<Task> andThen, CancellationToken ct = default)
    {
        var database = Get<IDatabase>();
        return database.WriteAsync(async (connection, transaction) =>
        {
            await connection.ExecuteAsync(
                """
                INSERT INTO webhook_unknown_kinds (kind, count, first_time, last_time) VALUES (@kind, 1, 1, 1)
                ON CONFLICT (kind) DO UPDATE SET count = webhook_unknown_kinds.count + 1
                """, new { kind }, transaction);
            await database.NotifyAsync(transaction, "w", kind, CancellationToken.None);
            await andThen();
            return kind;
        }, ct);
    }

    private async Task<IEnumerable<string>> KindsAsync() => (await Get<IWebhookInbox>().ListUnknownAsync(None)).Select(row => row.Kind);
}

public sealed class SqliteWriteTests() : WriteTests(DatabaseProvider.Sqlite);

public sealed class PostgreSqlWriteTests() : WriteTests(DatabaseProvider.PostgreSql);

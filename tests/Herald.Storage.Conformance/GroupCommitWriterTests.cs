using System.Threading.Channels;

namespace Herald.Storage.Conformance;

public sealed class GroupCommitWriterTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private static readonly GroupCommitOptions NoDelay = new() { DelayMax = TimeSpan.Zero };

    [Fact]
    public async Task What_comes_during_a_commit_forms_the_next_batch_in_order()
    {
        var gate = new TaskCompletionSource();
        var started = new TaskCompletionSource();
        List<int[]> batches = [];
        await using var writer = new GroupCommitWriter<int>("numbers", NoDelay, async (items, _) =>
        {
            batches.Add([.. items]);
            started.TrySetResult();
            await gate.Task;
        }, TimeProvider.System);

        var first = writer.WriteAsync(1, CancellationToken.None);
        await started.Task.WaitAsync(Limit);
        Task[] rest = [writer.WriteAsync(2, CancellationToken.None), writer.WriteAsync(3, CancellationToken.None)];
        Assert.False(first.IsCompleted);
        gate.SetResult();
        await Task.WhenAll([first, .. rest]).WaitAsync(Limit);

        Assert.Equal([[1], [2, 3]], batches);
    }

    [Fact]
    public async Task A_full_queue_makes_callers_wait()
    {
        var gate = new TaskCompletionSource();
        var started = new TaskCompletionSource();
        var options = new GroupCommitOptions { QueueMax = 2, BatchSizeMax = 1, DelayMax = TimeSpan.Zero };
        await using var writer = new GroupCommitWriter<int>("numbers", options, async (_, _) =>
        {
            started.TrySetResult();
            await gate.Task;
        }, TimeProvider.System);

        await writer.EnqueueAsync(1, CancellationToken.None);
        await started.Task.WaitAsync(Limit);
        await writer.EnqueueAsync(2, CancellationToken.None);
        await writer.EnqueueAsync(3, CancellationToken.None);
        var waiting = writer.EnqueueAsync(4, CancellationToken.None).AsTask();
        Assert.False(waiting.IsCompleted);
        gate.SetResult();

        await waiting.WaitAsync(Limit);
    }

    [Fact]
    public async Task One_bad_item_fails_alone()
    {
        var gate = new TaskCompletionSource();
        var started = new TaskCompletionSource();
        List<int> kept = [];
        await using var writer = new GroupCommitWriter<int>("numbers", NoDelay, async (items, _) =>
        {
            started.TrySetResult();
            await gate.Task;
            if (items.Contains(13))
                throw new FormatException("13");
            kept.AddRange(items);
        }, TimeProvider.System);

        var first = writer.WriteAsync(0, CancellationToken.None);
        await started.Task.WaitAsync(Limit);
        Task[] good = [writer.WriteAsync(1, CancellationToken.None), writer.WriteAsync(2, CancellationToken.None)];
        var bad = writer.WriteAsync(13, CancellationToken.None);
        gate.SetResult();

        await Assert.ThrowsAsync<FormatException>(() => bad.WaitAsync(Limit));
        await Task.WhenAll([first, .. good]).WaitAsync(Limit);
        Assert.Equal([0, 1, 2], kept);
    }

    [Fact]
    public async Task Disposing_commits_what_is_queued_and_refuses_more()
    {
        List<int> kept = [];
        var writer = new GroupCommitWriter<int>("numbers", NoDelay, (items, _) =>
        {
            kept.AddRange(items);
            return Task.CompletedTask;
        }, TimeProvider.System);
        for (var i = 0; i < 1000; i++)
            await writer.EnqueueAsync(i, CancellationToken.None);

        await writer.DisposeAsync();

        Assert.Equal(Enumerable.Range(0, 1000), kept);
        await Assert.ThrowsAsync<ChannelClosedException>(() => writer.WriteAsync(1, CancellationToken.None));
    }

    [Fact]
    public async Task A_lost_item_that_nobody_awaits_is_told()
    {
        var lost = new List<int>();
        await using (var told = new GroupCommitWriter<int>("numbers", NoDelay, (_, _) => throw new FormatException(), TimeProvider.System)
        {
            OnFailure = (item, _) => lost.Add(item),
        })
        {
            await told.EnqueueAsync(7, CancellationToken.None);
        }
        var silent = new GroupCommitWriter<int>("numbers", NoDelay, (_, _) => throw new FormatException(), TimeProvider.System);
        await silent.EnqueueAsync(8, CancellationToken.None);

        Assert.Equal([7], lost);
        await Assert.ThrowsAsync<InvalidOperationException>(() => silent.DisposeAsync().AsTask());
    }
}

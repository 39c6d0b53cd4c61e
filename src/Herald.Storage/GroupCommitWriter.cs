using System.Threading.Channels;

namespace Herald.Storage;

/// <summary>
/// Turns many small writes into few commits: one commit is in flight, what comes meanwhile forms the next batch. Bounded, with back-pressure.
/// When a batch fails for a reason that does not pass by itself, each of its items is committed alone once, so that one bad item
/// does not take its neighbours with it.
/// </summary>
/// <typeparam name="TItem">What is written.</typeparam>
public sealed class GroupCommitWriter<TItem> : IAsyncDisposable
{
    private readonly Channel<Entry> _queue;
    private readonly GroupCommitOptions _options;
    private readonly Func<IReadOnlyList<TItem>, CancellationToken, Task> _commit;
    private readonly TimeProvider _time;
    private readonly Task _loop;
    private int _disposed;

    /// <summary>Starts the writer.</summary>
    /// <param name="name">What it writes, for messages of errors.</param>
    /// <param name="options">Its bounds.</param>
    /// <param name="commit">Makes a batch durable or throws. Called by one thread at a time; the order is that of the callers.</param>
    /// <param name="time">Measures <see cref="GroupCommitOptions.DelayMax"/>.</param>
    public GroupCommitWriter(
        string name, GroupCommitOptions options, Func<IReadOnlyList<TItem>, CancellationToken, Task> commit, TimeProvider time)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(commit);
        ArgumentNullException.ThrowIfNull(time);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.BatchSizeMax, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.QueueMax, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.DelayMax, TimeSpan.Zero);
        Name = name;
        _options = options;
        _commit = commit;
        _time = time;
        _queue = Channel.CreateBounded<Entry>(new BoundedChannelOptions(options.QueueMax) { SingleReader = true });
        _loop = BackgroundWork.Run(RunAsync);
    }

    /// <summary>What it writes.</summary>
    public string Name { get; }

    /// <summary>
    /// Called for each item of <see cref="EnqueueAsync"/> that could not be committed; must not throw. Without it such a failure is kept and
    /// thrown by <see cref="DisposeAsync"/>.
    /// </summary>
    public Action<TItem, Exception>? OnFailure { get; init; }

    /// <summary>Completes when the item is queued; waits while the queue is full. The item's failure goes to <see cref="OnFailure"/>.</summary>
    /// <exception cref="ChannelClosedException">The writer is disposed.</exception>
    public ValueTask EnqueueAsync(TItem item, CancellationToken ct) => _queue.Writer.WriteAsync(new Entry(item, null), ct);

    /// <summary>
    /// Completes when the item is durable; throws what its commit threw. When <paramref name="ct"/> ends the wait, the item may still be
    /// committed.
    /// </summary>
    /// <exception cref="ChannelClosedException">The writer is disposed.</exception>
    public async Task WriteAsync(TItem item, CancellationToken ct)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await _queue.Writer.WriteAsync(new Entry(item, done), ct);
        await done.Task.WaitAsync(ct);
    }

    /// <summary>Takes no more items and completes when all that were queued are committed or failed.</summary>
    /// <exception cref="InvalidOperationException">An item of <see cref="EnqueueAsync"/> was lost and nobody was told.</exception>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
            _queue.Writer.Complete();
        await _loop;
    }

    private async Task RunAsync()
    {
        List<Exception> unheard = [];
        var isBusy = false;
        while (await _queue.Reader.WaitToReadAsync())
        {
            var batch = await TakeBatchAsync(isBusy);
            isBusy = batch.Count > 1;
            await CommitAsync(batch, unheard);
        }
        if (unheard.Count > 0)
            throw new InvalidOperationException($"The writer of {Name} lost items.", new AggregateException(unheard));
    }

    private async Task<List<Entry>> TakeBatchAsync(bool isBusy)
    {
        var batch = new List<Entry>();
        TakeWaiting(batch);
        if (!isBusy || _options.DelayMax == TimeSpan.Zero || batch.Count >= _options.BatchSizeMax)
            return batch;

        using var delay = new CancellationTokenSource(_options.DelayMax, _time);
        try
        {
            while (batch.Count < _options.BatchSizeMax && await _queue.Reader.WaitToReadAsync(delay.Token))
                TakeWaiting(batch);
        }
        catch (OperationCanceledException) when (delay.IsCancellationRequested)
        {
            // The time is over: what came is the batch.
        }
        return batch;
    }

    private void TakeWaiting(List<Entry> batch)
    {
        while (batch.Count < _options.BatchSizeMax && _queue.Reader.TryRead(out var entry))
            batch.Add(entry);
    }

    private async Task CommitAsync(List<Entry> batch, List<Exception> unheard)
    {
        var error = await TryCommitAsync(batch);
        if (error is null || batch.Count == 1 || TransientErrors.IsTransient(error))
        {
            foreach (var entry in batch)
                Finish(entry, error, unheard);
            return;
        }
        foreach (var entry in batch)
            Finish(entry, await TryCommitAsync([entry]), unheard);
    }

    private async Task<Exception?> TryCommitAsync(List<Entry> batch)
    {
        try
        {
            await _commit(batch.ConvertAll(entry => entry.Item), CancellationToken.None);
            return null;
        }
        catch (Exception e)
        {
            // Whatever it is belongs to those who wait for these items; the writer itself goes on.
            return e;
        }
    }

    private void Finish(Entry entry, Exception? error, List<Exception> unheard)
    {
        if (entry.Done is not null && error is null)
            entry.Done.SetResult();
        else if (entry.Done is not null)
            entry.Done.SetException(error!);
        else if (error is not null && OnFailure is not null)
            OnFailure(entry.Item, error);
        else if (error is not null && unheard.Count < _options.BatchSizeMax)
            unheard.Add(error);
    }

    private readonly record struct Entry(TItem Item, TaskCompletionSource? Done);
}

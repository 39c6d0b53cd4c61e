using System.Collections.Immutable;

namespace Orleans.Runtime;

/// <summary>One call on its way to a grain, or one tick of a timer: what runs in a turn.</summary>
internal sealed class GrainCall
{
    private readonly TaskCompletionSource<object?> _reply = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ITimer? _deadline;

    public required GrainId Target { get; init; }

    /// <summary>The method; null for the tick of a timer.</summary>
    public GrainMethod? Method { get; init; }

    public object?[] Arguments { get; init; } = [];

    /// <summary>What a tick does; null for a call.</summary>
    public Func<Task>? Tick { get; init; }

    /// <summary>The grain that calls; null for code outside grains.</summary>
    public GrainId? Source { get; init; }

    public ImmutableDictionary<string, object>? Context { get; init; }

    public bool MayInterleave { get; init; }

    public bool IsReadOnly { get; init; }

    /// <summary>True if the turn counts as use of the grain.</summary>
    public bool KeepsAlive { get; init; } = true;

    public Task<object?> Reply => _reply.Task;

    /// <summary>True if the caller has been answered already, so that nobody waits for this call any more.</summary>
    public bool IsAnswered => _reply.Task.IsCompleted;

    public void Limit(TimeSpan timeout, TimeProvider time)
        => _deadline = time.CreateTimer(static state => ((GrainCall)state!).Expire(), this, timeout, Timeout.InfiniteTimeSpan);

    public void Answer(object? result)
    {
        _deadline?.Dispose();
        _reply.TrySetResult(result);
    }

    /// <summary>Gives the caller an error.</summary>
    /// <returns>False if nobody waits for it any more.</returns>
    public bool Fail(Exception error)
    {
        _deadline?.Dispose();
        return _reply.TrySetException(error);
    }

    public override string ToString() => Method is null ? $"timer of {Target}" : $"{Method} of {Target}";

    private void Expire() => Fail(new TimeoutException($"Response did not arrive on time for message: {this}."));
}

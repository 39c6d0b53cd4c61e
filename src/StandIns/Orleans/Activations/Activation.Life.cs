namespace Orleans.Runtime;

/// <summary>The life of an activation: created with the first call, dropped when idle, asked to, or of no use any more.</summary>
internal sealed partial class Activation
{
    private readonly TaskCompletionSource _deactivated = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<IPersistentStateSetup> _states = [];
    private DeactivationReason? _dropReason;
    private CancellationToken _hurry;
    private long _lastUse;
    private long _keepUntil;

    public Task Deactivated => _deactivated.Task;

    /// <summary>True if the grain has a stored state, so that somebody else's write makes this activation useless.</summary>
    public bool HasStoredState { get; private set; }

    public void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            if (_dropReason is not null || _stage is Stage.Deactivating or Stage.Dropped)
            {
                return;
            }

            _dropReason = deactivationReason;
            _hurry = cancellationToken;
            if (_stage == Stage.Created)
            {
                // Nobody has called it yet: there is nothing to run down.
                _stage = Stage.Deactivating;
                Start(FinishAsync);
            }
            else if (_stage == Stage.Active && _running.Count == 0)
            {
                BeginDrop();
            }
        }
    }

    public void DelayDeactivation(TimeSpan span)
        => Volatile.Write(
            ref _keepUntil,
            span < TimeSpan.Zero
                ? 0
                : Catalog.Time.GetTimestamp() + (long)(Math.Min(span.TotalSeconds, int.MaxValue) * Catalog.Time.TimestampFrequency));

    /// <summary>Drops the activation if nobody has used it for as long as its class allows.</summary>
    public void DeactivateIfIdle()
    {
        if (Class.IdleAge(Catalog.Collection) is not { } age)
        {
            return;
        }

        lock (_lock)
        {
            if (_stage != Stage.Active || _running.Count > 0 || _waiting.Count > 0
                || Catalog.Time.GetElapsedTime(_lastUse) < age
                || Catalog.Time.GetTimestamp() < Volatile.Read(ref _keepUntil))
            {
                return;
            }
        }

        Deactivate(new DeactivationReason(DeactivationReasonCode.ActivationIdle, $"It was idle for {age}"));
    }

    private async Task ActivateAsync()
    {
        RuntimeContext.Current = this;
        try
        {
            GrainInstance = Construct();
            _filters = GrainInstance is IIncomingGrainCallFilter own ? [.. Catalog.IncomingFilters, own] : Catalog.IncomingFilters;
            using var limit = new CancellationTokenSource(Catalog.Collection.ActivationTimeout, Catalog.Time);
            foreach (var state in _states)
            {
                await state.SetUpAsync(limit.Token);
            }

            if (GrainInstance is IGrainBase grain)
            {
                await grain.OnActivateAsync(limit.Token);
            }
        }
        catch (Exception error)
        {
            // A grain that cannot be activated fails the calls that wait for it; a later call tries again.
            OrleansLog.ActivationFailed(Catalog.Log, error, GrainId);
            await AbandonAsync(error);
            return;
        }

        lock (_lock)
        {
            _stage = Stage.Active;
            _lastUse = Catalog.Time.GetTimestamp();
            if (_dropReason is null)
            {
                StartWaiting();
            }
            else
            {
                BeginDrop();
            }
        }
    }

    private async Task AbandonAsync(Exception error)
    {
        List<GrainCall> failed;
        lock (_lock)
        {
            _stage = Stage.Deactivating;
            failed = [.. _waiting];
            _waiting.Clear();
        }

        await FinishAsync();
        foreach (var call in failed)
        {
            call.Fail(error);
        }
    }

    /// <summary>Begins to run down. The lock is held, and no turn runs.</summary>
    private void BeginDrop()
    {
        if (_stage != Stage.Active)
        {
            return;
        }

        _stage = Stage.Deactivating;
        Start(RunDownAsync);
    }

    private async Task RunDownAsync()
    {
        RuntimeContext.Current = this;
        var reason = _dropReason!.Value;
        EndTimers();
        if (GrainInstance is IGrainBase grain)
        {
            using var limit = new CancellationTokenSource(Catalog.Collection.DeactivationTimeout, Catalog.Time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, _hurry);
            try
            {
                await grain.OnDeactivateAsync(reason, either.Token).WaitAsync(either.Token);
            }
            catch (Exception error)
            {
                // Deactivation is best effort: the activation is dropped whatever its last words were.
                OrleansLog.DeactivationFailed(Catalog.Log, error, GrainId);
            }
        }

        await FinishAsync();
    }

    /// <summary>Leaves the catalog and sends the calls that still wait to whatever comes next.</summary>
    private async Task FinishAsync()
    {
        List<GrainCall> left;
        lock (_lock)
        {
            _stage = Stage.Dropped;
            left = _waiting.FindAll(call => call.Tick is null);
            _waiting.Clear();
        }

        Catalog.Remove(this);
        foreach (var call in left)
        {
            Catalog.Send(call);
        }

        EndTimers();
        await DisposeGrainAsync();
        _deactivated.TrySetResult();
    }

    private async Task DisposeGrainAsync()
    {
        try
        {
            switch (GrainInstance)
            {
                case IAsyncDisposable asynchronous:
                    await asynchronous.DisposeAsync();
                    break;
                case IDisposable synchronous:
                    synchronous.Dispose();
                    break;
            }

            if (_scope is { } scope)
            {
                await scope.DisposeAsync();
            }
        }
        catch (Exception error)
        {
            // Nobody waits for a dropped activation, so the log is the only one to be told.
            OrleansLog.DisposalFailed(Catalog.Log, error, GrainId);
        }
    }

    private object Construct()
    {
        RuntimeContext.Constructing = this;
        try
        {
            return Class.Construct(this);
        }
        finally
        {
            RuntimeContext.Constructing = null;
        }
    }

    public void AddState(IPersistentStateSetup state)
    {
        HasStoredState = true;
        _states.Add(state);
    }
}

using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;

namespace Orleans.Runtime;

/// <summary>A grain in memory: its object, its mailbox and its life. This part holds the mailbox.</summary>
internal sealed partial class Activation : IGrainContext
{
    private readonly Lock _lock = new();
    private readonly List<GrainCall> _waiting = [];
    private readonly List<GrainCall> _running = [];
    private readonly ActivationScheduler _scheduler = new();
    private AsyncServiceScope? _scope;
    private IIncomingGrainCallFilter[] _filters = [];
    private Stage _stage = Stage.Created;

    public Activation(Catalog catalog, GrainId id, GrainClass grainClass)
    {
        Catalog = catalog;
        GrainId = id;
        Class = grainClass;
        _lastUse = catalog.Time.GetTimestamp();
    }

    private enum Stage
    {
        Created,
        Activating,
        Active,
        Deactivating,
        Dropped,
    }

    public Catalog Catalog { get; }

    public GrainId GrainId { get; }

    public GrainClass Class { get; }

    public object? GrainInstance { get; private set; }

    /// <summary>A scope of its own, made for the grain's constructor: a lost race for the catalog leaves none behind.</summary>
    public IServiceProvider ActivationServices => (_scope ??= Catalog.Services.CreateAsyncScope()).ServiceProvider;

    public bool Equals(IGrainContext? other) => ReferenceEquals(this, other);

    public override string ToString() => $"activation of {GrainId}";

    /// <summary>Accepts a call.</summary>
    /// <returns>False if the activation has been dropped, so that the call must go to a new one.</returns>
    public bool TryAccept(GrainCall call)
    {
        lock (_lock)
        {
            if (_stage == Stage.Dropped)
            {
                return false;
            }

            if (call.Method is not null && Overload() is { } overload)
            {
                call.Fail(overload);
                return true;
            }

            _waiting.Add(call);
            if (_stage == Stage.Created)
            {
                _stage = Stage.Activating;
                Start(ActivateAsync);
            }
            else
            {
                StartWaiting();
            }
        }

        return true;
    }

    private LimitExceededException? Overload()
    {
        var options = Catalog.Messaging;
        var count = _running.Count + _waiting.Count;
        if (options.MaxEnqueuedRequestsHardLimit > 0 && count > options.MaxEnqueuedRequestsHardLimit)
        {
            return new LimitExceededException(
                nameof(options.MaxEnqueuedRequestsHardLimit), count, options.MaxEnqueuedRequestsHardLimit, ToString());
        }

        if (options.MaxEnqueuedRequestsSoftLimit > 0 && count > options.MaxEnqueuedRequestsSoftLimit)
        {
            OrleansLog.ManyCallsWait(Catalog.Log, GrainId, count, options.MaxEnqueuedRequestsSoftLimit);
        }

        return null;
    }

    /// <summary>Begins every waiting call that may run now. The lock is held.</summary>
    private void StartWaiting()
    {
        if (_stage != Stage.Active || _dropReason is not null)
        {
            return;
        }

        for (var index = 0; index < _waiting.Count;)
        {
            var call = _waiting[index];
            if (call is { Method.IsOneWay: false, IsAnswered: true } && Catalog.Messaging.DropExpiredMessages)
            {
                _waiting.RemoveAt(index);
            }
            else if (MayRun(call))
            {
                _waiting.RemoveAt(index);
                _running.Add(call);
                Start(() => RunAsync(call));
            }
            else
            {
                index++;
            }
        }
    }

    private bool MayRun(GrainCall call)
        => _running.Count == 0
            || Class.IsReentrant
            || call.MayInterleave
            || (call.IsReadOnly && _running.TrueForAll(running => running.IsReadOnly));

    /// <summary>Begins work on the scheduler, without anything that is ambient where it is begun.</summary>
    private void Start(Func<Task> work)
    {
        if (ExecutionContext.IsFlowSuppressed())
        {
            StartTask(work);
            return;
        }

        using (ExecutionContext.SuppressFlow())
        {
            StartTask(work);
        }
    }

    private void StartTask(Func<Task> work)
        => _ = Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.DenyChildAttach, _scheduler);

    private async Task RunAsync(GrainCall call)
    {
        RuntimeContext.Current = this;
        RequestContext.Values = call.Context;
        object? result = null;
        Exception? error = null;
        try
        {
            result = await InvokeAsync(call);
        }
        catch (Exception thrown)
        {
            // The error belongs to the caller; this is the one place where it leaves the grain.
            error = thrown;
            if (thrown is InconsistentStateException { IsSourceActivation: true } lost)
            {
                // What is in memory is older than what is stored: the next call must read again.
                lost.IsSourceActivation = false;
                Deactivate(new DeactivationReason(DeactivationReasonCode.ApplicationError, lost, "A state write was lost."));
            }
        }

        // The turn ends before its caller goes on, who may then count on it.
        End(call);
        if (error is null)
        {
            call.Answer(result);
        }
        else if (!call.Fail(error))
        {
            OrleansLog.ErrorWithoutCaller(Catalog.Log, error, call.ToString());
        }
    }

    private async Task<object?> InvokeAsync(GrainCall call)
    {
        if (call.Tick is { } tick)
        {
            await tick();
            return null;
        }

        if (_filters.Length == 0)
        {
            return await call.Method!.InvokeAsync(GrainInstance!, call.Arguments);
        }

        var context = new IncomingCallContext(_filters, this, call);
        await context.Invoke();
        return context.Result;
    }

    private void End(GrainCall call)
    {
        lock (_lock)
        {
            _running.Remove(call);
            if (call.KeepsAlive)
            {
                _lastUse = Catalog.Time.GetTimestamp();
            }

            if (_dropReason is not null && _running.Count == 0)
            {
                BeginDrop();
            }
            else
            {
                StartWaiting();
            }
        }
    }
}

using Orleans.Runtime;

namespace Orleans.Tests.Grains;

/// <summary>Notes everything that happens in its life. Keys that begin with "broken" fail to activate for the first time.</summary>
public sealed class LifeGrain(Probe probe) : Grain, ILifeGrain, IDisposable
{
    private int _touches;
    private IGrainTimer? _timer;
    private bool _sawContext;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var key = this.GetPrimaryKeyString();
        var first = !probe.HasSeen($"activate {key}");
        probe.Note($"activate {key}");
        return first && key.StartsWith("broken", StringComparison.Ordinal)
            ? throw new InvalidOperationException("Not today.")
            : Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        probe.Note($"deactivate {this.GetPrimaryKeyString()} {reason.ReasonCode}");
        return Task.CompletedTask;
    }

    public Task<int> Touch() => Task.FromResult(++_touches);

    public Task End()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public async Task Hold(string gate)
    {
        probe.Note($"hold {gate}");
        await probe.Pass(gate);
        probe.Note($"release {gate}");
    }

    public Task Delay(TimeSpan span)
    {
        DelayDeactivation(span);
        return Task.CompletedTask;
    }

    public Task StartTimer(string name, TimeSpan due, TimeSpan period, bool fails)
    {
        var ticks = 0;
        RequestContext.Set("who", "the one who started it");
        _timer = this.RegisterGrainTimer(
            _ =>
            {
                _sawContext |= RequestContext.Get("who") is not null;
                probe.Note($"{name} {++ticks}");
                return fails ? throw new InvalidOperationException("The tick fails.") : Task.CompletedTask;
            },
            new GrainTimerCreationOptions(due, period));
        return Task.CompletedTask;
    }

    public Task StopTimer()
    {
        _timer?.Dispose();
        return Task.CompletedTask;
    }

    public Task<bool> TimerSeesContext() => Task.FromResult(_sawContext);

    public void Dispose() => probe.Note($"dispose {this.GetPrimaryKeyString()}");
}

using Herald.Simulation.Clockwork;

namespace Herald.Simulation.World;

/// <summary>Decides each time whether something goes wrong, until the faults end.</summary>
internal sealed class Weather(Machine machine, FaultPlan plan)
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(1);
    private readonly Dictionary<string, long> _outages = new(StringComparer.Ordinal);

    public FaultPlan Plan => plan;

    /// <summary>Faults have ended: from now on everything works.</summary>
    public bool IsFair { get; private set; }

    public void Clear() => IsFair = true;

    public bool LosesRead(string node) => IsOut(node) || Strikes(plan.LostReads);

    public bool LosesWrite(string node) => IsOut(node) || Strikes(plan.LostWrites);

    public bool LosesAnswer(string node) => Strikes(plan.LostAnswers);

    public bool StallsWrite() => Strikes(plan.Stalls);

    public bool SlowsConnection() => Strikes(plan.SlowConnections);

    public bool LosesSignal(string node) => IsOut(node) || Strikes(plan.LostSignals);

    public bool LosesGrainCall() => Strikes(plan.GrainFaults);

    public bool Refuses() => Strikes(plan.Refusals);

    public bool BreaksNetwork() => Strikes(plan.NetworkFaults);

    public bool BreaksWebhook() => Strikes(plan.WebhookFaults);

    public bool RepeatsSignal() => machine.Chance.Happens(0.05);

    public TimeSpan SignalDelay() => machine.Chance.Latency(Moment, TimeSpan.FromMilliseconds(200));

    public TimeSpan SignalOutage() => machine.Chance.Between(TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(5));

    /// <summary>How far the wall clock of a node is off, now that somebody sets it.</summary>
    public TimeSpan ClockError() => !IsFair && plan.ClockSteps ? machine.Chance.Between(TimeSpan.FromSeconds(-30), TimeSpan.FromSeconds(30)) : TimeSpan.Zero;

    /// <summary>The node's way to the database is cut for a while.</summary>
    public void CutOff(string node, TimeSpan length) => _outages[node] = machine.Clock.Ticks + length.Ticks;

    private bool IsOut(string node) => !IsFair && _outages.TryGetValue(node, out var until) && machine.Clock.Ticks < until;

    private bool Strikes(double rate) => !IsFair && machine.Chance.Happens(rate);
}

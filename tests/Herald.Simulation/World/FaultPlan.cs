using Herald.Simulation.Clockwork;

namespace Herald.Simulation.World;

/// <summary>
/// Which faults a run has and how often. Each kind is absent in part of the runs, since what one fault breaks, another may hide.
/// </summary>
internal sealed record FaultPlan
{
    public double LostReads { get; init; }

    public double LostWrites { get; init; }

    public double LostAnswers { get; init; }

    public double LostSignals { get; init; }

    public double Refusals { get; init; }

    public double NetworkFaults { get; init; }

    public double GrainFaults { get; init; }

    public double WebhookFaults { get; init; }

    /// <summary>Statements that wait for so long that leases run out meanwhile, and are carried out all the same.</summary>
    public double Stalls { get; init; }

    /// <summary>Connections that take their time, and so leave much between a claim and its request.</summary>
    public double SlowConnections { get; init; }

    public bool Kills { get; init; }

    public bool Freezes { get; init; }

    public bool Stops { get; init; }

    public bool Outages { get; init; }

    public bool ClockSteps { get; init; }

    /// <summary>Nothing that could cost an outcome: then no outcome may be lost.</summary>
    public bool IsHarmless => LostAnswers == 0 && NetworkFaults == 0 && Refusals == 0 && !Kills && !Freezes && !Stops && !Outages && !ClockSteps
        && LostReads == 0 && LostWrites == 0 && Stalls == 0;

    public static FaultPlan Draw(Chance chance)
    {
        double Rate(double most) => chance.Happens(0.6) ? chance.Next(1000) / 1000.0 * most : 0;
        bool Has(double probability) => chance.Happens(probability);
        if (Has(0.03))
            return new FaultPlan();
        return new FaultPlan
        {
            LostReads = Rate(0.03),
            LostWrites = Rate(0.03),
            LostAnswers = Rate(0.03),
            LostSignals = Rate(0.1),
            Refusals = Rate(0.15),
            NetworkFaults = Rate(0.15),
            GrainFaults = Rate(0.05),
            WebhookFaults = Rate(0.3),
            Stalls = Rate(0.03),
            SlowConnections = Rate(0.5),
            Kills = Has(0.5),
            Freezes = Has(0.5),
            Stops = Has(0.4),
            Outages = Has(0.3),
            ClockSteps = Has(0.3),
        };
    }
}

namespace Herald.Chaos;

/// <summary>What a run is made of. The seed decides who answers what and when which trouble comes; the machine's speed decides the rest.</summary>
internal sealed record ChaosOptions
{
    /// <summary>Messages of all campaigns together.</summary>
    public required int Recipients { get; init; }

    /// <summary>Senders, each with a campaign of its own, of one tenant.</summary>
    public required int Senders { get; init; }

    public required int Hosts { get; init; }

    /// <summary>Percent of sends that the simulator harms.</summary>
    public required int FaultPercent { get; init; }

    public required int Seed { get; init; }

    /// <summary>After this the trouble ends, whatever is left to send.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>How long everything may take to come to rest after the trouble.</summary>
    public required TimeSpan RestLimit { get; init; }

    public required TimeSpan LeaseDuration { get; init; }

    public required TimeSpan RequestTimeout { get; init; }

    public required TimeSpan ClaimDuration { get; init; }

    /// <summary>How long an UNKNOWN waits for a status before it ends; a run waits until all have ended unless it is an hour or more.</summary>
    public required TimeSpan UnknownGrace { get; init; }

    /// <summary>Whether the run goes on until no UNKNOWN is left.</summary>
    public bool AwaitsGrace => UnknownGrace < TimeSpan.FromHours(1);

    /// <summary>Shortest and longest time between a start and the next kill.</summary>
    public required (TimeSpan Min, TimeSpan Max) KillPause { get; init; }

    /// <summary>Shares of the messages after which a host is suspended.</summary>
    public required IReadOnlyList<double> SuspendAt { get; init; }

    /// <summary>How long a suspended host stands still; longer than <see cref="LeaseDuration"/>.</summary>
    public required TimeSpan SuspendTime { get; init; }

    /// <summary>Shares of the messages after which PostgreSQL is restarted, and how.</summary>
    public required IReadOnlyList<(double Share, bool Immediate)> RestartAt { get; init; }

    /// <summary>Time between two outages of the network to WhatsApp.</summary>
    public required TimeSpan OutagePause { get; init; }

    /// <summary>A run for people, minutes long: leases as a host has them by itself, time-outs and grace shorter.</summary>
    public static ChaosOptions Full { get; } = new()
    {
        Recipients = 20_000,
        Senders = 3,
        Hosts = 3,
        FaultPercent = 5,
        Seed = 1,
        Duration = TimeSpan.FromMinutes(15),
        RestLimit = TimeSpan.FromMinutes(5),
        LeaseDuration = TimeSpan.FromSeconds(10),
        RequestTimeout = TimeSpan.FromSeconds(5),
        ClaimDuration = TimeSpan.FromSeconds(20),
        UnknownGrace = TimeSpan.FromMinutes(1),
        KillPause = (TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(6)),
        SuspendAt = [0.1, 0.4, 0.7],
        SuspendTime = TimeSpan.FromSeconds(14),
        RestartAt = [(0.3, false), (0.6, true)],
        OutagePause = TimeSpan.FromSeconds(20),
    };

    /// <summary>The same in small: shorter leases, so that all of it happens within a minute.</summary>
    public static ChaosOptions Short { get; } = Full with
    {
        Recipients = 2_000,
        Senders = 2,
        Duration = TimeSpan.FromMinutes(3),
        RestLimit = TimeSpan.FromMinutes(3),
        LeaseDuration = TimeSpan.FromSeconds(3),
        ClaimDuration = TimeSpan.FromSeconds(10),
        UnknownGrace = TimeSpan.FromHours(1),
        KillPause = (TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3)),
        SuspendAt = [0.15],
        SuspendTime = TimeSpan.FromSeconds(5),
        RestartAt = [(0.5, true)],
        OutagePause = TimeSpan.FromSeconds(8),
    };
}

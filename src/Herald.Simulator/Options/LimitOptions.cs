namespace Herald.Simulator;

/// <summary>Limits of Meta's side. They are in real time and do not follow <see cref="BehaviourOptions.TimeScale"/>.</summary>
public sealed class LimitOptions
{
    /// <summary>Messages a second, in and out, of a number of level <see cref="ThroughputLevel.Standard"/>. Default 80; 0 is no limit.</summary>
    public int StandardPerSecond { get; init; } = 80;

    /// <summary>Messages a second, in and out, of a number of level <see cref="ThroughputLevel.High"/>. Default 1,000; 0 is no limit.</summary>
    public int HighPerSecond { get; init; } = 1000;

    /// <summary>How many seconds' worth of messages may come at once. Default 1.</summary>
    public double ThroughputBurstSeconds { get; init; } = 1;

    /// <summary>
    /// Different people that a business portfolio may reach with templates in a moving 24 h, outside of their windows: 50, 250, 2,000, 10,000 or
    /// 100,000. More are refused with 131048. Default 0: unlimited.
    /// </summary>
    public int PortfolioPeopleMax { get; init; }

    /// <summary>Seconds that one message costs for a pair of number and person. Default 6; zero switches the pair limit off.</summary>
    public TimeSpan PairInterval { get; init; } = TimeSpan.FromSeconds(6);

    /// <summary>How many messages of a pair may be borrowed from the future. Default 45.</summary>
    public int PairBurst { get; init; } = 45;

    /// <summary>HTTP status of 130429 and 131056: 400 (default, Meta's page) or 429 (seen by clients).</summary>
    public int RateLimitHttpStatus { get; init; } = 400;

    /// <summary>Where free-form messages outside the window are refused. Default <see cref="WindowRefusal.Webhook"/>.</summary>
    public WindowRefusal WindowRefusal { get; init; } = WindowRefusal.Webhook;

    /// <summary>Length of the customer service window. Default 24 h.</summary>
    public TimeSpan Window { get; init; } = TimeSpan.FromHours(24);

    /// <summary>Whether marketing to +1 numbers fails with 131049, as Meta does since April 2025. Default false, since fictional numbers are +1.</summary>
    public bool RefusesMarketingToUnitedStates { get; init; }

    /// <summary>Longest body of a list message in code points: 4096 on Meta's page, 1024 in rejections seen. Default 4096.</summary>
    public int ListBodyMax { get; init; } = 4096;

    /// <summary>
    /// How long after the acknowledgement of a STOP a marketing template may still arrive without being counted as sent after STOP. Default zero.
    /// </summary>
    public TimeSpan StopGrace { get; init; } = TimeSpan.Zero;

    /// <summary>Most messages kept for each phone, the oldest go first. Default 200; 0 keeps none.</summary>
    public int InboxPerPhoneMax { get; init; } = 200;
}

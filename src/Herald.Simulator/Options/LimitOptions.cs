namespace Herald.Simulator;

/// <summary>Where a message outside the 24 hour window is refused.</summary>
public enum WindowRefusal
{
    /// <summary>The call answers 200 and a <c>failed</c> status with 131047 follows, as Meta mostly does.</summary>
    Webhook,

    /// <summary>The call itself answers 131047.</summary>
    Sync,
}

/// <summary>Limits of Meta's side. They are in real time and do not follow <see cref="BehaviourOptions.TimeScale"/>.</summary>
public sealed class LimitOptions
{
    /// <summary>Messages a second, in and out, of a number of level <see cref="ThroughputLevel.Standard"/>. Default 80; 0 is no limit.</summary>
    public int StandardPerSecond { get; init; } = 80;

    /// <summary>Messages a second, in and out, of a number of level <see cref="ThroughputLevel.High"/>. Default 1,000; 0 is no limit.</summary>
    public int HighPerSecond { get; init; } = 1000;

    /// <summary>How many seconds' worth of messages may come at once. Default 1.</summary>
    public double ThroughputBurstSeconds { get; init; } = 1;

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

/// <summary>How templates are reviewed.</summary>
public sealed class TemplateReviewOptions
{
    /// <summary>From creation to the decision. Default 5 s; not scaled.</summary>
    public TimeSpan ReviewDelay { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>False leaves templates PENDING until <see cref="SimulatorControl.SetTemplateStatus"/>. Default true.</summary>
    public bool ReviewsBySelf { get; init; } = true;

    /// <summary>Whether a utility template with promotional wording is made a marketing template. Default true.</summary>
    public bool RecategorisesPromotions { get; init; } = true;

    /// <summary>Most templates of an account, each language counted. Default 250.</summary>
    public int TemplatesMax { get; init; } = 250;

    /// <summary>Most creations an hour for an account. Default 100.</summary>
    public int CreatesPerHourMax { get; init; } = 100;
}

/// <summary>Faults to inject into Graph calls. All shares 0 to 1 and drawn from the seed.</summary>
public sealed record FaultSettings
{
    /// <summary>No fault.</summary>
    public static FaultSettings None { get; } = new();

    /// <summary>Share of calls answered with a 502 or 503 and an HTML body, not processed.</summary>
    public double ServerErrorShare { get; init; }

    /// <summary>Share of calls processed and then answered with a 502 and an HTML body.</summary>
    public double ServerErrorAfterShare { get; init; }

    /// <summary>Share of calls whose connection is closed before processing.</summary>
    public double AbortBeforeShare { get; init; }

    /// <summary>Share of calls whose connection is closed after processing.</summary>
    public double AbortAfterShare { get; init; }

    /// <summary>Share of calls answered with <see cref="ErrorCode"/>, not processed.</summary>
    public double ErrorShare { get; init; }

    /// <summary>The code of <see cref="ErrorShare"/>. Default 131000.</summary>
    public int ErrorCode { get; init; } = 131000;

    /// <summary>Delay of every answer. Default zero.</summary>
    public TimeSpan Latency { get; init; } = TimeSpan.Zero;

    /// <summary>True: faults hit all Graph calls; false (default): sends only.</summary>
    public bool AllCalls { get; init; }

    /// <summary>True holds all webhooks back until it is false again.</summary>
    public bool HoldWebhooks { get; init; }
}

namespace Herald.Simulator;

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

    /// <summary>Share of calls processed and then not answered for <see cref="StallTime"/>.</summary>
    public double StallShare { get; init; }

    /// <summary>How long a stalled call waits for its answer; longer than the caller does. Default 1 min.</summary>
    public TimeSpan StallTime { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Delay of every answer. Default zero.</summary>
    public TimeSpan Latency { get; init; } = TimeSpan.Zero;

    /// <summary>True: faults hit all Graph calls; false (default): sends only.</summary>
    public bool AllCalls { get; init; }

    /// <summary>True holds all webhooks back until it is false again.</summary>
    public bool HoldWebhooks { get; init; }
}

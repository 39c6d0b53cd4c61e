namespace Herald.Simulator;

/// <summary>How webhooks are posted.</summary>
public sealed class WebhookOptions
{
    /// <summary>Most updates in one POST. 1 to 1,000, default 50.</summary>
    public int UpdatesPerPostMax { get; init; } = 50;

    /// <summary>How long the first update of a POST waits for company. Default 5 ms; zero does not wait.</summary>
    public TimeSpan Linger { get; init; } = TimeSpan.FromMilliseconds(5);

    /// <summary>POSTs under way at once. 1 to 64, default 4; 1 keeps the order of updates.</summary>
    public int ConcurrentPosts { get; init; } = 4;

    /// <summary>Whether neighbouring updates of one number share a <c>value</c>, as in Meta's larger batches. Default true.</summary>
    public bool MergeValues { get; init; } = true;

    /// <summary>How long an answer may take before the POST counts as failed. Default 10 s.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Delay before the first repetition; doubled each time. Default 0.5 s.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(0.5);

    /// <summary>Longest delay between repetitions. Default 5 min.</summary>
    public TimeSpan RetryDelayMax { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long repetitions go on before the updates are dropped. Default 7 days.</summary>
    public TimeSpan RetryHorizon { get; init; } = TimeSpan.FromDays(7);

    /// <summary>Most updates waiting at once; more are dropped and counted. Default 1,000,000.</summary>
    public int PendingMax { get; init; } = 1_000_000;

    /// <summary>Whether answers and contacts carry business-scoped user ids (<c>user_id</c>). Default true.</summary>
    public bool UserIds { get; init; } = true;
}

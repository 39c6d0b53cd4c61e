using Microsoft.Extensions.Configuration;

namespace Herald.Simulation.Nodes;

/// <summary>How the nodes of a run are configured: everything a bit shorter than usual, so that much happens in little time.</summary>
internal static class Settings
{
    public const string AppSecret = "an-app-secret-of-the-simulation";

    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(5);

    public static readonly TimeSpan Claim = TimeSpan.FromSeconds(20);

    /// <summary>How long a node waits for Meta's answer.</summary>
    public static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(10);

    public static IConfiguration Empty { get; } = new ConfigurationBuilder().Build();

    public static IConfiguration Delivery { get; } = Of(new()
    {
        ["LeaseDuration"] = "00:00:05",
        ["RenewInterval"] = "00:00:01.5",
        ["IdleInterval"] = "00:00:02",
        ["ClaimDuration"] = "00:00:20",
        ["ConcurrencyPerSender"] = "6",
        ["PrepareBatchSize"] = "7",
        ["DrainTimeout"] = "00:00:03",
        ["AttemptsMax"] = "6",
    });

    public static IConfiguration Webhooks { get; } = Of(new()
    {
        ["AppSecrets:0"] = AppSecret,
        ["VerifyToken"] = "verify-the-simulation",
        ["LeaseDuration"] = "00:00:05",
        ["IdleInterval"] = "00:00:02",
        ["AttemptsMax"] = "12",
        ["BatchSize"] = "20",
    });

    private static IConfiguration Of(Dictionary<string, string?> values) => new ConfigurationBuilder().AddInMemoryCollection(values).Build();
}

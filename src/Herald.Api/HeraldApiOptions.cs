namespace Herald.Api;

/// <summary>How the gRPC services behave.</summary>
public sealed class HeraldApiOptions
{
    /// <summary>The configuration section these options are usually bound to.</summary>
    public const string SectionName = "Api";

    /// <summary>Default of <see cref="CallsPerSecond"/>.</summary>
    public const int DefaultCallsPerSecond = 200;

    /// <summary>Default of <see cref="CallsBurst"/>.</summary>
    public const int DefaultCallsBurst = 400;

    /// <summary>Default of <see cref="KeyCacheTime"/>, in seconds.</summary>
    public const int DefaultKeyCacheSeconds = 5;

    /// <summary>Default of <see cref="ImportRowsMax"/>.</summary>
    public const int DefaultImportRowsMax = 1_000_000;

    /// <summary>
    /// Calls per second that one API key may make on one node, in the long run. Default 200, range 1 to 100,000. A call over the limit
    /// fails with RATE_LIMITED and says when to try again.
    /// </summary>
    public int CallsPerSecond { get; set; } = DefaultCallsPerSecond;

    /// <summary>Calls that a key which was silent may make at once. Default 400, range 1 to 1,000,000.</summary>
    public int CallsBurst { get; set; } = DefaultCallsBurst;

    /// <summary>
    /// How long a valid key and the state of its tenant are remembered. Default 5 s, range 0 to 1 min; 0 reads both for every
    /// call. A revoked key is forgotten at once where it was revoked, and on the other nodes when the signal of it arrives, at the latest
    /// after this time.
    /// </summary>
    public TimeSpan KeyCacheTime { get; set; } = TimeSpan.FromSeconds(DefaultKeyCacheSeconds);

    /// <summary>Rows of one contacts file at most. Default 1,000,000, range 1 to 10,000,000.</summary>
    public int ImportRowsMax { get; set; } = DefaultImportRowsMax;
}

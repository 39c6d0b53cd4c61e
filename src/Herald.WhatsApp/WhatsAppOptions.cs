namespace Herald.WhatsApp;

/// <summary>How to reach Meta's Graph API.</summary>
public sealed class WhatsAppOptions
{
    /// <summary>The configuration section these options are usually bound to.</summary>
    public const string SectionName = "WhatsApp";

    /// <summary>Default of <see cref="BaseAddress"/>.</summary>
    public const string DefaultBaseAddress = "https://graph.facebook.com";

    /// <summary>Default of <see cref="GraphVersion"/>.</summary>
    public const string DefaultGraphVersion = "v25.0";

    /// <summary>Default of <see cref="RequestTimeout"/>, in seconds.</summary>
    public const int DefaultRequestTimeoutSeconds = 30;

    /// <summary>Default of <see cref="ConnectTimeout"/>, in seconds.</summary>
    public const int DefaultConnectTimeoutSeconds = 5;

    /// <summary>Default of <see cref="ConnectionsMax"/>.</summary>
    public const int DefaultConnectionsMax = 1024;

    /// <summary>
    /// Scheme and host of the Graph API, without a path. Default <c>https://graph.facebook.com</c>. Plain http is accepted for a
    /// loopback address only, since every request carries a token.
    /// </summary>
    public Uri BaseAddress { get; set; } = new(DefaultBaseAddress);

    /// <summary>Version of the Graph API, written <c>v25.0</c>. Default v25.0.</summary>
    public string GraphVersion { get; set; } = DefaultGraphVersion;

    /// <summary>
    /// Longest time from the start of a call to the last byte of its answer. Default 30 s, range 1 s to 5 min. Too short a
    /// time turns slow sends into unknown outcomes, which are never repeated by themselves.
    /// </summary>
    public TimeSpan RequestTimeout { get; set; } = TimeSpan.FromSeconds(DefaultRequestTimeoutSeconds);

    /// <summary>Longest time to open a connection. Default 5 s, range 100 ms to 1 min. A connection that is not opened sent nothing.</summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(DefaultConnectTimeoutSeconds);

    /// <summary>
    /// Connections held open at most. Default 1024, range 1 to 4096. Each serves one request at a time, so this bounds the sends in
    /// flight; sends beyond it wait within their <see cref="RequestTimeout"/>.
    /// </summary>
    public int ConnectionsMax { get; set; } = DefaultConnectionsMax;

    /// <summary>Id of Meta's app, decimal digits. Null: <see cref="IWhatsAppClient.DebugTokenAsync"/> cannot be called.</summary>
    public string? AppId { get; set; }

    /// <summary>
    /// Secret of Meta's app. Null: <see cref="IWhatsAppClient.DebugTokenAsync"/> cannot be called and <see cref="ProveAppSecret"/> must be off.
    /// </summary>
    public string? AppSecret { get; set; }

    /// <summary>
    /// Whether each call carries <c>appsecret_proof</c>, an HMAC of its token under the app secret. Default off; needed when the app has
    /// "Require App Secret" on. Costs one hash a call.
    /// </summary>
    public bool ProveAppSecret { get; set; }
}

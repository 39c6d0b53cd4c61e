namespace Herald.Delivery;

/// <summary>How a node delivers. Section <c>Herald:Delivery</c>.</summary>
public sealed class DeliveryOptions
{
    /// <summary>Default of <see cref="LeaseDuration"/>.</summary>
    public static readonly TimeSpan DefaultLeaseDuration = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How long a node owns a sender, a preparation or the inbox without renewing; 2 s to 5 min, default 10 s. A dead node's work is
    /// taken over after at most this and one <see cref="RenewInterval"/>. Shorter means faster take-over and more statements.
    /// </summary>
    public TimeSpan LeaseDuration { get; set; } = DefaultLeaseDuration;

    /// <summary>How often leases are renewed and free ones looked for; at most a third of <see cref="LeaseDuration"/>, default 3 s.</summary>
    public TimeSpan RenewInterval { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>
    /// Most requests in flight per sender; 1 to 1,024, default 512. A sender uses half a second's worth of its level: 40 at 80 a second, 500 at
    /// 1,000. It bounds what can become UNKNOWN when a node dies.
    /// </summary>
    public int ConcurrencyPerSender { get; set; } = 512;

    /// <summary>
    /// Most requests in flight on this node; 8 to 16,384, default 1,024, as many as the client holds connections. Tenants take turns when they
    /// run short, and one tenant uses at most seven eighths.
    /// </summary>
    public int ConcurrencyPerNode { get; set; } = 1_024;

    /// <summary>
    /// Most claims at work in the database at once; 2 to 64, default 8, less than the pool has connections. Tenants take turns when they run short.
    /// </summary>
    public int ClaimsAtOnce { get; set; } = 8;

    /// <summary>
    /// How long a claim lasts by the database's clock; 10 s to 1 h and at least the WhatsApp client's request time-out plus 5 s, default 60 s. Its request is
    /// written within four fifths of that or not at all; a message that is not settled in that time is UNKNOWN until it is.
    /// </summary>
    public TimeSpan ClaimDuration { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// How often a node looks for work that no signal told of, with one statement for all its senders; 50 ms to 60 s, default 1 s.
    /// </summary>
    public TimeSpan IdleInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Recipients frozen in one transaction while a campaign is prepared; 1 to 10,000, default 1,000.</summary>
    public int PrepareBatchSize { get; set; } = 1_000;

    /// <summary>How long a stopping node waits for requests in flight; 0 to 5 min, default 15 s.</summary>
    public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// How long a message stays UNKNOWN and waits for a status that tells what became of it; 1 min to 7 days, default 1 h. Then it ends
    /// EXPIRED, or goes once more if it is utility or authentication and its tenant wants that. It counts from when an installation that runs noted that
    /// the outcome is unknown, so an outage of its own does not use it up.
    /// </summary>
    public TimeSpan UnknownGrace { get; set; } = TimeSpan.FromHours(1);
}

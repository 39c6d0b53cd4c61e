namespace Herald.Webhooks;

/// <summary>The HTTP edge that Meta calls. Section <c>Herald:Webhooks</c>.</summary>
public sealed class WebhookOptions
{
    /// <summary>The path of the callback.</summary>
    public const string Path = "/webhooks/whatsapp";

    /// <summary>The largest body taken, in bytes: Meta's own limit of 3 MB.</summary>
    public const int BodyBytesMax = 3 * 1024 * 1024;

    /// <summary>
    /// App secrets whose signature is accepted; several while one is being changed. Required, each at least 16 characters. Source:
    /// Meta, "Webhooks: Validate payloads".
    /// </summary>
    public IList<string> AppSecrets { get; } = [];

    /// <summary>What <c>hub.verify_token</c> must be in Meta's handshake. Required, at least 8 characters.</summary>
    public string VerifyToken { get; set; } = "";

    /// <summary>Deliveries processed in one round; 1 to 5,000, default 200.</summary>
    public int BatchSize { get; set; } = 200;

    /// <summary>
    /// How long after one round the next begins when only statuses of messages have come, so that they gather; 0 to 5 s and at most a third of
    /// <see cref="LeaseDuration"/>, default 250 ms. What people write, failures and deliveries without statuses begin a round at once, and so does the
    /// first status after a quiet time.
    /// </summary>
    public TimeSpan RoundInterval { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Attempts at a delivery before it is parked for an operator; 1 to 100, default 8.</summary>
    public int AttemptsMax { get; set; } = 8;

    /// <summary>How long processed deliveries are kept to recognise repetitions; 1 h to 30 days, default 3 days.</summary>
    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(3);

    /// <summary>How often an idle node looks for work when no signal wakes it; 50 ms to 60 s, default 1 s.</summary>
    public TimeSpan IdleInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long the inbox is owned without a renewal; 2 s to 5 min, default 10 s.</summary>
    public TimeSpan LeaseDuration { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How long the acknowledgement of a delivery in which somebody opts out may wait until nothing more can leave for that person; 0 to
    /// 10 s, default 5 s. Usually it takes milliseconds.
    /// </summary>
    public TimeSpan StopTimeout { get; set; } = TimeSpan.FromSeconds(5);
}

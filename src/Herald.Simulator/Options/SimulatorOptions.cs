namespace Herald.Simulator;

/// <summary>
/// The whole world that a simulator starts with. Two simulators with equal options answer equal requests equally,
/// whatever the concurrency: every chance is drawn from <see cref="Seed"/> and the recipient, never from a clock.
/// </summary>
public sealed class SimulatorOptions
{
    /// <summary>Default of <see cref="AppId"/>.</summary>
    public const string AppIdDefault = "670011223344556";

    /// <summary>Default of <see cref="AppSecret"/>.</summary>
    public const string AppSecretDefault = "0f1e2d3c4b5a69788796a5b4c3d2e1f0";

    /// <summary>Default of <see cref="VerifyToken"/>.</summary>
    public const string VerifyTokenDefault = "herald-verify";

    private readonly List<SimulatedBusiness> _businesses = [];

    /// <summary>The seed of every chance. Any value; default 1. Set it before <see cref="AddBusiness"/>: ids derive from it.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>Where to listen. A loopback address with <c>http</c>; port 0 (default) takes a free port.</summary>
    public Uri Url { get; init; } = new("http://127.0.0.1:0");

    /// <summary>Id of the one app. Decimal digits.</summary>
    public string AppId { get; init; } = AppIdDefault;

    /// <summary>Secret of the app: the key of webhook signatures and of <c>appsecret_proof</c>.</summary>
    public string AppSecret { get; init; } = AppSecretDefault;

    /// <summary>Name of the app in <c>debug_token</c> and <c>subscribed_apps</c>.</summary>
    public string AppName { get; init; } = "Herald";

    /// <summary>When set, every call must carry a right <c>appsecret_proof</c>. Default off.</summary>
    public bool RequireAppSecretProof { get; init; }

    /// <summary>Where webhooks go. Null (default): nowhere until <see cref="SimulatorControl.SetCallback"/>; updates until then are dropped and counted.</summary>
    public Uri? CallbackUrl { get; init; }

    /// <summary>The token sent as <c>hub.verify_token</c> in a handshake.</summary>
    public string VerifyToken { get; init; } = VerifyTokenDefault;

    /// <summary>When set, the start performs the handshake with <see cref="CallbackUrl"/> and fails if it is refused. Default off.</summary>
    public bool VerifyCallbackAtStart { get; init; }

    /// <summary>What recipients do with messages.</summary>
    public BehaviourOptions Behaviour { get; init; } = new();

    /// <summary>How webhooks are posted.</summary>
    public WebhookOptions Webhooks { get; init; } = new();

    /// <summary>Throughput, pair and other limits.</summary>
    public LimitOptions Limits { get; init; } = new();

    /// <summary>How templates are reviewed.</summary>
    public TemplateReviewOptions Templates { get; init; } = new();

    /// <summary>Faults in force from the start. Default none.</summary>
    public FaultSettings Faults { get; init; } = FaultSettings.None;

    /// <summary>The businesses added so far, in order.</summary>
    public IReadOnlyList<SimulatedBusiness> Businesses => _businesses;

    /// <summary>
    /// Adds a business: a portfolio with one WhatsApp business account, one never-expiring token with both WhatsApp scopes,
    /// and the given numbers. Ids derive from the seed and the order of calls.
    /// </summary>
    /// <exception cref="ArgumentException">A phone is not 7 to 15 digits, or is used already.</exception>
    public SimulatedBusiness AddBusiness(string name, params NumberSetup[] numbers)
    {
        var business = BusinessFactory.Create(Seed, _businesses.Count, name, numbers);
        foreach (var number in business.Numbers)
        {
            if (_businesses.Any(other => other.Numbers.Any(taken => taken.Phone == number.Phone)))
            {
                throw new ArgumentException("This phone belongs to another business already.", nameof(numbers));
            }
        }

        _businesses.Add(business);
        return business;
    }
}

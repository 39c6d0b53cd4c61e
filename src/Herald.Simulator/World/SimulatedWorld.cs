using System.Collections.Concurrent;

namespace Herald.Simulator;

/// <summary>All nodes of the graph: accounts, numbers, tokens, and the app.</summary>
internal sealed class SimulatedWorld
{
    private readonly ConcurrentDictionary<string, Waba> _wabas = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, BusinessNumber> _numbers = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, AccessToken> _tokens = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, PortfolioReach> _portfolios = new(StringComparer.Ordinal);
    private readonly List<SimulatedBusiness> _businesses = [];
    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private volatile WebhookTarget? _callback;
    private volatile FaultSettings _faults;
    private long _messageEra;

    public SimulatedWorld(SimulatorOptions options, TimeProvider time)
    {
        Options = options;
        _time = time;
        _faults = options.Faults;
        _messageEra = time.GetUtcNow().UtcTicks;
        _callback = options.CallbackUrl is { } url ? new WebhookTarget(url, options.VerifyToken) : null;
        foreach (var business in options.Businesses)
        {
            Add(business);
        }
    }

    public SimulatorOptions Options { get; }

    /// <summary>
    /// Seed of message ids. It is another one after each start and reset, so that a receiver which remembers ids never takes a new
    /// message for an old one.
    /// </summary>
    public long MessageSeed => Options.Seed ^ Interlocked.Read(ref _messageEra);

    /// <summary>The app token, <c>APP_ID|APP_SECRET</c>.</summary>
    public string AppToken => Options.AppId + "|" + Options.AppSecret;

    public WebhookTarget? Callback
    {
        get => _callback;
        set => _callback = value;
    }

    public FaultSettings Faults
    {
        get => _faults;
        set => _faults = value;
    }

    public IReadOnlyList<SimulatedBusiness> Businesses
    {
        get
        {
            lock (_gate)
            {
                return [.. _businesses];
            }
        }
    }

    /// <summary>The portfolio that owns an account.</summary>
    public PortfolioReach PortfolioOf(Waba waba) =>
        _portfolios.GetOrAdd(waba.BusinessId, _ => new PortfolioReach(Options.Limits.PortfolioPeopleMax));

    public void ForgetReached()
    {
        foreach (var portfolio in _portfolios.Values)
        {
            portfolio.Clear();
        }
    }

    public Waba? FindWaba(string id) => _wabas.GetValueOrDefault(id);

    public BusinessNumber? FindNumber(string id) => _numbers.GetValueOrDefault(id);

    public AccessToken? FindToken(string value) => _tokens.GetValueOrDefault(value);

    public IEnumerable<Waba> Wabas => _wabas.Values;

    public IEnumerable<BusinessNumber> NumbersOf(Waba waba) =>
        Businesses.First(business => business.WabaId == waba.Id).Numbers.Select(number => _numbers[number.PhoneNumberId]);

    /// <summary>The template of that id in any account.</summary>
    public (Waba Waba, Template Template)? FindTemplate(string id)
    {
        foreach (var waba in _wabas.Values)
        {
            if (waba.Templates.Find(id) is { } template)
            {
                return (waba, template);
            }
        }

        return null;
    }

    /// <summary>The upload of that id in any account.</summary>
    public (Waba Waba, StoredMedia Media)? FindMedia(string id)
    {
        foreach (var waba in _wabas.Values)
        {
            if (waba.Media.TryGetValue(id, out var media))
            {
                return (waba, media);
            }
        }

        return null;
    }

    public SimulatedBusiness AddBusiness(string name, IReadOnlyList<NumberSetup> numbers)
    {
        lock (_gate)
        {
            var business = BusinessFactory.Create(Options.Seed, _businesses.Count, name, numbers);
            if (business.Numbers.Any(number => _numbers.Values.Any(taken => taken.Phone == number.Phone)))
            {
                throw new ArgumentException("A phone belongs to another business already.", nameof(numbers));
            }

            Add(business);
            return business;
        }
    }

    public void StartMessageEra() => Interlocked.Increment(ref _messageEra);

    public void AddToken(AccessToken token) => _tokens[token.Value] = token;

    private void Add(SimulatedBusiness business)
    {
        lock (_gate)
        {
            _businesses.Add(business);
            var waba = new Waba(business);
            _wabas[waba.Id] = waba;
            foreach (var number in business.Numbers)
            {
                _numbers[number.PhoneNumberId] = new BusinessNumber(number, waba, Options);
            }

            AddToken(new AccessToken(
                business.Token, [AccessToken.ManagementScope, AccessToken.MessagingScope, "public_profile"], [waba.Id], _time.GetUtcNow()));
        }
    }
}

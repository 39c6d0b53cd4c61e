namespace Herald.Simulator;

/// <summary>
/// Steers a running simulator: plays people on their phones, decides on templates, injects faults, and reads what happened.
/// The administration over HTTP (<c>/_simulator/…</c>) does the same. All members are safe for concurrent use. Time-outs of
/// waiting members are in real time, whatever the simulator's clock.
/// </summary>
public sealed partial class SimulatorControl
{
    private readonly SimulatedWorld _world;
    private readonly PhoneBook _book;
    private readonly PhoneActions _actions;
    private readonly TemplateService _templates;
    private readonly WebhookSender _sender;
    private readonly SendLedger _ledger;
    private readonly Scheduler _scheduler;
    private readonly FaultInjector _faults;
    private readonly TimeProvider _time;

    internal SimulatorControl(
        SimulatedWorld world,
        PhoneBook book,
        PhoneActions actions,
        TemplateService templates,
        WebhookSender sender,
        SendLedger ledger,
        Scheduler scheduler,
        FaultInjector faults,
        TimeProvider time)
    {
        _world = world;
        _book = book;
        _actions = actions;
        _templates = templates;
        _sender = sender;
        _ledger = ledger;
        _scheduler = scheduler;
        _faults = faults;
        _time = time;
    }

    /// <summary>All businesses, in the order of their creation.</summary>
    public IReadOnlyList<SimulatedBusiness> Businesses => _world.Businesses;

    /// <summary>The faults in force.</summary>
    public FaultSettings Faults => _world.Faults;

    /// <summary>Adds a business while running; ids derive from the seed and the count of businesses.</summary>
    /// <exception cref="ArgumentException">A phone is not 7 to 15 digits, or is used already.</exception>
    public SimulatedBusiness AddBusiness(string name, params NumberSetup[] numbers) => _world.AddBusiness(name, numbers);

    /// <summary>Adds a token of one's own making.</summary>
    /// <param name="token">Its value.</param>
    /// <param name="scopes">Its permissions.</param>
    /// <param name="wabaIds">The accounts it covers.</param>
    /// <param name="expiresAt">When it ends; null: never.</param>
    public void AddToken(string token, IReadOnlyList<string> scopes, IReadOnlyList<string> wabaIds, DateTimeOffset? expiresAt) =>
        _world.AddToken(new AccessToken(token, scopes, wabaIds, _time.GetUtcNow()) { ExpiresAt = expiresAt });

    /// <summary>Makes a token answer error 190 with this subcode (458, 460, 463 or 467) from now on.</summary>
    /// <exception cref="KeyNotFoundException">There is no such token.</exception>
    public void RevokeToken(string token, int subcode) =>
        (_world.FindToken(token) ?? throw new KeyNotFoundException("There is no such token.")).RevokedSubcode = subcode;

    /// <summary>Sets where webhooks go from now on, without a handshake.</summary>
    public void SetCallback(Uri url, string verifyToken) => _world.Callback = new WebhookTarget(url, verifyToken);

    /// <summary>Performs the handshake with the callback. False if there is none, or it answers otherwise than 200 and the challenge.</summary>
    public async Task<bool> VerifyCallbackAsync(CancellationToken cancellation) =>
        _world.Callback is { } target && await _sender.VerifyAsync(target, cancellation);

    /// <summary>Puts faults into force in place of those before.</summary>
    public void SetFaults(FaultSettings faults)
    {
        ArgumentNullException.ThrowIfNull(faults);
        _world.Faults = faults;
        _sender.Hold(faults.HoldWebhooks);
    }

    /// <summary>The counts so far.</summary>
    public SimulatorState GetState() => _ledger.Snapshot(_sender.Counts, _scheduler.Pending);

    /// <summary>All accepted sends, in the order of acceptance.</summary>
    public IReadOnlyList<SendRecord> GetSends() => [.. _ledger.Sends];

    /// <summary>The accepted sends to one person, in the order of acceptance.</summary>
    /// <exception cref="ArgumentException">The phone is malformed.</exception>
    public IReadOnlyList<SendRecord> GetSends(string phone)
    {
        var person = PersonOf(phone);
        return [.. _ledger.Sends.Where(send => send.Phone == person.Phone)];
    }

    /// <summary>Marketing templates that came after an acknowledged STOP.</summary>
    public IReadOnlyList<SendAfterStop> GetSendsAfterStop() => [.. _ledger.AfterStop];

    /// <summary>
    /// Forgets people, sends, counts and what is scheduled, a template's pending review too. Businesses, tokens, subscriptions and templates stay.
    /// </summary>
    public void Reset()
    {
        _scheduler.Clear();
        foreach (var number in _world.Wabas.SelectMany(_world.NumbersOf))
        {
            number.EndUpgrade();
        }

        _world.StartMessageEra();
        _world.ForgetReached();
        _sender.Clear();
        _ledger.Clear();
        _book.Clear();
        _actions.Clear();
        _faults.Clear();
    }

    /// <summary>Completes when nothing is scheduled and every webhook is acknowledged; looks every 20 ms.</summary>
    /// <exception cref="TimeoutException">It is not quiet after <paramref name="timeout"/>.</exception>
    public async Task WaitUntilQuietAsync(TimeSpan timeout, CancellationToken cancellation)
    {
        var end = TimeProvider.System.GetUtcNow() + timeout;
        while (!GetState().IsQuiet)
        {
            if (TimeProvider.System.GetUtcNow() >= end)
            {
                var state = GetState();
                throw new TimeoutException(
                    $"The simulator is not quiet after {timeout}: {state.ScheduledEvents} events scheduled, {state.UpdatesPending} updates waiting.");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, cancellation);
        }
    }
}

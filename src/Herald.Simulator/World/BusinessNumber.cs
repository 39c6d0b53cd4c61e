namespace Herald.Simulator;

/// <summary>A business phone number and its limits.</summary>
internal sealed class BusinessNumber
{
    private readonly Lock _gate = new();
    private readonly Queue<DateTimeOffset> _registrations = new();
    private readonly LimitOptions _limits;
    private double _perSecond;
    private double _burst;
    private double _tokens;
    private DateTimeOffset _refilledAt = DateTimeOffset.MinValue;

    public BusinessNumber(SimulatedNumber number, Waba waba, SimulatorOptions options)
    {
        _limits = options.Limits;
        Salt = (long)(SeededHash.Of(options.Seed, "salt", number.PhoneNumberId, 0) >> 16);
        Id = number.PhoneNumberId;
        Phone = number.Phone;
        Waba = waba;
        VerifiedName = number.Setup.VerifiedName ?? waba.Name;
        Registered = number.Setup.Registered;
        Pin = number.Setup.Pin;
        TakeLevel(number.Setup.Level);
    }

    private static readonly TimeSpan RegistrationSpan = TimeSpan.FromHours(72);
    private const int RegistrationsMax = 10;

    public string Id { get; }

    /// <summary>Digits; also <c>display_phone_number</c> in webhooks.</summary>
    public string Phone { get; }

    public Waba Waba { get; }

    public ThroughputLevel Level { get; private set; }

    /// <summary>The level is being raised; nothing can be sent meanwhile.</summary>
    public bool IsBeingUpgraded { get; private set; }

    public string VerifiedName { get; }

    /// <summary>Keeps the draws of one number apart from those of another.</summary>
    public long Salt { get; }

    public bool Registered { get; private set; }

    public string? Pin { get; private set; }

    public void BeginUpgrade()
    {
        lock (_gate)
        {
            IsBeingUpgraded = true;
        }
    }

    /// <summary>The number has the high level from now on. False if it was not being upgraded.</summary>
    public bool EndUpgrade()
    {
        lock (_gate)
        {
            if (!IsBeingUpgraded)
            {
                return false;
            }

            IsBeingUpgraded = false;
            TakeLevel(ThroughputLevel.High);
            return true;
        }
    }

    /// <summary>Takes one message from the throughput; false when there is none left.</summary>
    public bool TryTake(DateTimeOffset now)
    {
        if (_perSecond <= 0)
        {
            return true;
        }

        lock (_gate)
        {
            Refill(now);
            if (_tokens < 1)
            {
                return false;
            }

            _tokens -= 1;
            return true;
        }
    }

    /// <summary>Counts an inbound message, which is never refused but uses the same throughput.</summary>
    public void CountInbound(DateTimeOffset now)
    {
        lock (_gate)
        {
            Refill(now);
            _tokens = Math.Max(0, _tokens - 1);
        }
    }

    /// <summary>Registers with a PIN, which is set by the first registration and must match afterwards.</summary>
    public GraphError? Register(string pin, DateTimeOffset now)
    {
        lock (_gate)
        {
            if (CountRegistration(now) is { } refused)
            {
                return refused;
            }

            if (Pin is not null && !string.Equals(Pin, pin, StringComparison.Ordinal))
            {
                return MessageErrors.Plain(133005);
            }

            Pin = pin;
            Registered = true;
            return null;
        }
    }

    public GraphError? Deregister(DateTimeOffset now)
    {
        lock (_gate)
        {
            if (!Registered)
            {
                return new GraphError(100, "Phone number not registered on the WhatsApp Business Platform.") { Subcode = 2207051 };
            }

            if (CountRegistration(now) is { } refused)
            {
                return refused;
            }

            Registered = false;
            return null;
        }
    }

    private GraphError? CountRegistration(DateTimeOffset now)
    {
        while (_registrations.TryPeek(out var oldest) && now - oldest >= RegistrationSpan)
        {
            _registrations.Dequeue();
        }

        if (_registrations.Count >= RegistrationsMax)
        {
            return MessageErrors.Plain(133016);
        }

        _registrations.Enqueue(now);
        return null;
    }

    private void TakeLevel(ThroughputLevel level)
    {
        Level = level;
        _perSecond = level == ThroughputLevel.High ? _limits.HighPerSecond : _limits.StandardPerSecond;
        _burst = Math.Max(1, _perSecond * _limits.ThroughputBurstSeconds);
        _tokens = _burst;
    }

    private void Refill(DateTimeOffset now)
    {
        if (now > _refilledAt)
        {
            var seconds = _refilledAt == DateTimeOffset.MinValue ? 0 : (now - _refilledAt).TotalSeconds;
            _tokens = Math.Min(_burst, _tokens + seconds * _perSecond);
            _refilledAt = now;
        }
    }
}

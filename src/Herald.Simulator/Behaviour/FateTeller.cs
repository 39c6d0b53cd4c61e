namespace Herald.Simulator;

/// <summary>Draws the fate of messages.</summary>
internal sealed class FateTeller(SimulatorOptions options)
{
    private const int NotOnWhatsApp = 131026;
    private const int WindowClosed = 131047;
    private const int NotDelivered = 131049;
    private const int MarketingStopped = 131050;
    private const int MediaUnusable = 131053;

    private readonly BehaviourOptions _behaviour = options.Behaviour;

    private readonly (int Code, double Share)[] _failures =
        [.. options.Behaviour.FailureShares.Where(pair => pair.Key != NotOnWhatsApp).OrderBy(pair => pair.Key).Select(pair => (pair.Key, pair.Value))];

    private readonly double _unreachableShare = options.Behaviour.FailureShares.GetValueOrDefault(NotOnWhatsApp);

    /// <summary>The person's gate must be held.</summary>
    public Fate Tell(AcceptedMessage message)
    {
        var person = message.Person;
        var own = person.Behaviour;
        var failure = FailureOf(message, own);
        return new Fate
        {
            FailureCode = failure,
            FailsAfterSent = failure is not null && Draw(message, "fail-late") < _behaviour.FailAfterSentShare,
            Delivers = own?.Delivers ?? (person.ByHand || Draw(message, "deliver") < _behaviour.DeliveredShare),
            Reads = own?.Reads ?? (person.ByHand || Draw(message, "read") < _behaviour.ReadShare),
            Reply = ReplyTo(message, own),
            Reorders = Draw(message, "reorder") < _behaviour.ReorderShare,
            ToSent = Delay(message, "to-sent", _behaviour.SentDelay),
            ToDelivered = Delay(message, "to-delivered", _behaviour.DeliveredDelay),
            ToRead = Delay(message, "to-read", _behaviour.ReadDelay),
            ToReply = Delay(message, "to-reply", _behaviour.ReplyDelay),
        };
    }

    public bool Duplicates(AcceptedMessage message, string status) => Draw(message, status) < _behaviour.DuplicateShare;

    private int? FailureOf(AcceptedMessage message, RecipientBehaviour? own)
    {
        var person = message.Person;
        if (message.Template is null && !message.InWindow)
        {
            return WindowClosed;
        }

        if (message.MediaFails)
        {
            return MediaUnusable;
        }

        if (message.IsMarketing && person.RefusesMarketingOf(message.Number.Waba))
        {
            return MarketingStopped;
        }

        if (own?.FailWith is { } forced)
        {
            return forced == 0 ? null : forced;
        }

        if (message.IsMarketing && options.Limits.RefusesMarketingToUnitedStates && PhoneNumbers.Country(person.Phone) == "US")
        {
            return NotDelivered;
        }

        return person.ByHand || message.Template is null ? null : DrawnFailure(message);
    }

    private int? DrawnFailure(AcceptedMessage message)
    {
        // Whether a phone is on WhatsApp does not change from one message to the next.
        if (_unreachableShare > 0 && SeededHash.Unit(options.Seed, "unreachable", message.Person.Phone, 0) < _unreachableShare)
        {
            return NotOnWhatsApp;
        }

        var drawn = Draw(message, "failure");
        foreach (var (code, share) in _failures)
        {
            if (drawn < share)
            {
                return code;
            }

            drawn -= share;
        }

        return null;
    }

    private ReplyRule? ReplyTo(AcceptedMessage message, RecipientBehaviour? own)
    {
        if (message.Template is null || message.Person.ByHand || own?.Silent == true)
        {
            return null;
        }

        if (own?.Reply is { } always)
        {
            return always;
        }

        var drawn = message.IsMarketing ? Draw(message, "reply") : 1;
        foreach (var rule in _behaviour.Replies)
        {
            if (drawn < rule.Share)
            {
                return rule;
            }

            drawn -= rule.Share;
        }

        return null;
    }

    private TimeSpan Delay(AcceptedMessage message, string purpose, DelayRange range) =>
        (range.Min + (range.Max - range.Min) * Draw(message, purpose)) * _behaviour.TimeScale;

    private double Draw(AcceptedMessage message, string purpose) =>
        SeededHash.Unit(options.Seed, purpose, message.Person.Phone, message.Ordinal + message.Number.Salt);
}

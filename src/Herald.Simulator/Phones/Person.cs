namespace Herald.Simulator;

/// <summary>A person with a phone: conversations, wishes to stop, and the messages received. Lock <see cref="Gate"/> around members.</summary>
internal sealed class Person(string phone, string profileName, string userId)
{
    private readonly Dictionary<string, Conversation> _conversations = new(StringComparer.Ordinal);
    private readonly Dictionary<string, StopMark> _stops = new(StringComparer.Ordinal);
    private readonly HashSet<string> _marketingStopped = new(StringComparer.Ordinal);

    public Lock Gate { get; } = new();

    public string Phone => phone;

    public string ProfileName { get; set; } = profileName;

    public string UserId => userId;

    /// <summary>Whether somebody plays this person by hand; then nothing fails and nothing is answered by itself.</summary>
    public bool ByHand { get; set; }

    /// <summary>Whether this person has said STOP in a reply of its own, and so says nothing more.</summary>
    public bool HasStopped { get; set; }

    public RecipientBehaviour? Behaviour { get; set; }

    public PhoneInbox Inbox { get; } = new();

    public Conversation With(BusinessNumber number)
    {
        if (!_conversations.TryGetValue(number.Id, out var conversation))
        {
            _conversations[number.Id] = conversation = new Conversation();
        }

        return conversation;
    }

    /// <summary>The acknowledged wish to stop towards this account; null if there is none in force.</summary>
    public StopMark? StopTowards(Waba waba) => _stops.GetValueOrDefault(waba.Id);

    public void MarkStopped(Waba waba, StopMark mark) => _stops.TryAdd(waba.Id, mark);

    /// <summary>Lifts a wish to stop, also one whose acknowledgement is still under way.</summary>
    public void ClearStop(Waba waba)
    {
        StopEpoch++;
        _stops.Remove(waba.Id);
    }

    /// <summary>Grows with each lifted wish to stop.</summary>
    public long StopEpoch { get; private set; }

    /// <summary>Whether Meta's own marketing stop is in force towards this account.</summary>
    public bool RefusesMarketingOf(Waba waba) => _marketingStopped.Contains(waba.Id);

    public void SetMarketingRefused(Waba waba, bool refused)
    {
        if (refused)
        {
            _marketingStopped.Add(waba.Id);
        }
        else
        {
            _marketingStopped.Remove(waba.Id);
        }
    }
}

/// <summary>When a receiver acknowledged a wish to stop.</summary>
/// <param name="Order">Place among all requests and acknowledgements.</param>
/// <param name="Time">The time of it.</param>
internal sealed record StopMark(long Order, DateTimeOffset Time);

/// <summary>What a number and a person have said to each other.</summary>
internal sealed class Conversation
{
    /// <summary>When the person last wrote; null if never.</summary>
    public DateTimeOffset? LastInbound { get; set; }

    public long OutgoingCount { get; set; }

    public long IncomingCount { get; set; }

    /// <summary>When the pair limit would be wholly free again.</summary>
    public DateTimeOffset PairFreeAt { get; set; } = DateTimeOffset.MinValue;
}

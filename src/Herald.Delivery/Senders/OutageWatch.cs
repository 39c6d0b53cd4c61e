namespace Herald.Delivery.Senders;

/// <summary>
/// Notices that Meta does not answer, or answers only that it fails: when losses outnumber what one in five would be by <see cref="LossesMax"/>, which
/// happens within a few messages when all are lost and about once in half a million when one in twenty is; or when message after message fails by Meta's own word. From then on single messages find out whether it is over, first
/// after a second, then ever more rarely down to one in ten seconds; the first answer ends it. Not thread-safe: its pace owns it.
/// </summary>
internal sealed class OutageWatch(TimeProvider time)
{
    private const double LossesMax = 5;

    /// <summary>Four answers make up for a loss.</summary>
    private const double AnswerWeight = 0.25;

    /// <summary>More than campaigns that fail one message after the other would get in a row beside one that does not.</summary>
    private const int FailuresInRowMax = 20;

    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);

    private double _losses;
    private int _failuresInRow;
    private TimeSpan _wait;
    private TimeSpan _nextWait = FirstWait;
    private long _waitsSince;

    /// <summary>What was asked before this says nothing of now: many requests that were under way end one after the other.</summary>
    private long _newsSince = time.GetTimestamp();

    /// <summary>True from the loss that was one too many until the first answer to what was asked later.</summary>
    public bool IsOut { get; private set; }

    /// <summary>How long until a single message may leave; zero or less when it may.</summary>
    public TimeSpan UntilProbe => _wait - time.GetElapsedTime(_waitsSince);

    /// <summary>Counts a request that got no answer. True when an outage begins.</summary>
    /// <param name="askedAt">Time stamp of the request.</param>
    public bool CountLoss(long askedAt)
    {
        if (IsOut || askedAt < _newsSince || ++_losses < LossesMax)
            return false;
        Begin();
        return true;
    }

    /// <summary>
    /// Counts a message that failed at Meta by its own word. One campaign's messages may all fail so while others are sent: only when none is answered
    /// otherwise is it Meta that fails. True when an outage begins.
    /// </summary>
    /// <param name="askedAt">Time stamp of the request.</param>
    public bool CountFailureOfMessage(long askedAt)
    {
        if (IsOut || askedAt < _newsSince || ++_failuresInRow < FailuresInRowMax)
            return false;
        Begin();
        return true;
    }

    /// <summary>Counts an answer, be it a refusal. True when an outage ends.</summary>
    /// <param name="askedAt">Time stamp of the request.</param>
    public bool CountAnswer(long askedAt)
    {
        if (askedAt < _newsSince)
            return false;
        _losses = Math.Max(0, _losses - AnswerWeight);
        _failuresInRow = 0;
        if (!IsOut)
            return false;
        Turn(isOut: false);
        return true;
    }

    /// <summary>A message leaves that finds out whether it is over: the next waits longer.</summary>
    public void ProbeLater()
    {
        (_wait, _nextWait) = (_nextWait, _nextWait * 2 < LongestWait ? _nextWait * 2 : LongestWait);
        _waitsSince = time.GetTimestamp();
    }

    /// <summary>All goes at full pace again: the next outage begins with a short wait.</summary>
    public void Forget() => _nextWait = FirstWait;

    private void Begin()
    {
        Turn(isOut: true);
        ProbeLater();
    }

    private void Turn(bool isOut)
    {
        IsOut = isOut;
        _losses = 0;
        _failuresInRow = 0;
        _newsSince = time.GetTimestamp();
    }
}

namespace Herald.Simulator;

/// <summary>The messages on a phone, the newest last, and who waits for more. The person's gate guards it.</summary>
internal sealed class PhoneInbox
{
    private readonly List<AcceptedMessage> _messages = [];
    private readonly List<Waiter> _waiters = [];
    private long _firstIndex;
    private long _readIndex;

    public IReadOnlyList<AcceptedMessage> Messages => _messages;

    /// <summary>Adds a message and gives it to the first waiter that wants it.</summary>
    public void Add(AcceptedMessage message, int messagesMax)
    {
        _messages.Add(message);
        var index = _firstIndex + _messages.Count - 1;
        if (_messages.Count > Math.Max(messagesMax, 1))
        {
            _messages.RemoveAt(0);
            _firstIndex++;
        }

        var waiter = _waiters.Find(candidate => candidate.Wants(message));
        if (waiter is not null)
        {
            _waiters.Remove(waiter);
            _readIndex = Math.Max(_readIndex, index + 1);
            waiter.Found.TrySetResult(message);
        }
    }

    /// <summary>The first wanted message after the last one taken, now or later.</summary>
    public Task<AcceptedMessage> Take(Func<AcceptedMessage, bool> wants)
    {
        for (var index = Math.Max(_readIndex, _firstIndex); index < _firstIndex + _messages.Count; index++)
        {
            var message = _messages[(int)(index - _firstIndex)];
            if (wants(message))
            {
                _readIndex = index + 1;
                return Task.FromResult(message);
            }
        }

        var waiter = new Waiter(wants, new TaskCompletionSource<AcceptedMessage>(TaskCreationOptions.RunContinuationsAsynchronously));
        _waiters.Add(waiter);
        return waiter.Found.Task;
    }

    public void GiveUp(Task<AcceptedMessage> waiting) => _waiters.RemoveAll(waiter => waiter.Found.Task == waiting);

    private sealed record Waiter(Func<AcceptedMessage, bool> Wants, TaskCompletionSource<AcceptedMessage> Found);
}

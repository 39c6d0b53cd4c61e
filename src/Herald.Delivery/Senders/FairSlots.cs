using Herald.Domain.Tenants;

namespace Herald.Delivery.Senders;

/// <summary>
/// A number of slots that the tenants of a node share. While there are enough, whoever asks gets them; when they run short, tenants take turns, and no
/// tenant ever holds more than its part of the whole, so that a small one never waits for all that a big one has under way. Safe from any thread.
/// </summary>
/// <param name="capacity">Slots in all.</param>
/// <param name="perTenantMax">Most slots of one tenant.</param>
internal sealed class FairSlots(int capacity, int perTenantMax)
{
    /// <summary>Most slots given in one turn while others wait.</summary>
    private const int TurnMax = 16;

    private readonly Lock _lock = new();
    private readonly Dictionary<TenantId, int> _held = [];
    private readonly Dictionary<TenantId, Queue<Waiter>> _waiting = [];
    private readonly LinkedList<TenantId> _turns = [];
    private int _free = capacity;

    /// <summary>Slots that nobody holds.</summary>
    public int Free
    {
        get
        {
            lock (_lock)
                return _free;
        }
    }

    /// <summary>Waits for at least one slot and takes up to <paramref name="wanted"/> at once. How many.</summary>
    /// <exception cref="OperationCanceledException">The wait was given up; nothing is held.</exception>
    public async Task<int> TakeAsync(TenantId tenant, int wanted, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(wanted, 1);
        ct.ThrowIfCancellationRequested();
        Waiter waiter;
        lock (_lock)
        {
            if (_turns.Count == 0 && Grant(tenant, wanted) is > 0 and var granted)
                return granted;
            waiter = new Waiter(wanted);
            Enqueue(tenant, waiter);
            GiveTurns();
        }
        await using var giveUp = ct.UnsafeRegister(_ => GiveUp(tenant, waiter, ct), null);
        return await waiter.Granted.Task;
    }

    /// <summary>Gives slots back.</summary>
    public void Release(TenantId tenant, int count)
    {
        lock (_lock)
        {
            var left = _held.GetValueOrDefault(tenant) - count;
            if (left < 0)
                throw new InvalidOperationException("More slots were given back than were taken.");
            if (left == 0)
                _held.Remove(tenant);
            else
                _held[tenant] = left;
            _free += count;
            GiveTurns();
        }
    }

    private void Enqueue(TenantId tenant, Waiter waiter)
    {
        if (!_waiting.TryGetValue(tenant, out var queue))
        {
            _waiting[tenant] = queue = new Queue<Waiter>();
            _turns.AddLast(tenant);
        }
        queue.Enqueue(waiter);
    }

    /// <summary>Each waiting tenant in turn; one that holds its whole part is passed over and keeps its place.</summary>
    private void GiveTurns()
    {
        var turn = _turns.First;
        while (_free > 0 && turn is not null)
        {
            var next = turn.Next;
            var tenant = turn.Value;
            var queue = _waiting[tenant];
            if (Grant(tenant, Math.Min(queue.Peek().Wanted, TurnMax)) is > 0 and var granted)
            {
                queue.Dequeue().Granted.SetResult(granted);
                _turns.Remove(turn);
                if (queue.Count == 0)
                    _waiting.Remove(tenant);
                else
                    _turns.AddLast(tenant);
                next ??= _turns.First;
            }
            turn = next;
        }
    }

    private int Grant(TenantId tenant, int wanted)
    {
        var held = _held.GetValueOrDefault(tenant);
        var granted = Math.Min(wanted, Math.Min(_free, perTenantMax - held));
        if (granted <= 0)
            return 0;
        _held[tenant] = held + granted;
        _free -= granted;
        return granted;
    }

    private void GiveUp(TenantId tenant, Waiter waiter, CancellationToken ct)
    {
        lock (_lock)
        {
            // What was granted a moment before stays granted: who waits holds it and gives it back.
            if (!waiter.Granted.TrySetCanceled(ct) || !_waiting.TryGetValue(tenant, out var queue))
                return;
            var left = queue.Where(other => other != waiter).ToList();
            if (left.Count == 0)
            {
                _waiting.Remove(tenant);
                _turns.Remove(tenant);
            }
            else
            {
                _waiting[tenant] = new Queue<Waiter>(left);
            }
        }
    }

    private sealed class Waiter(int wanted)
    {
        public int Wanted { get; } = wanted;

        public TaskCompletionSource<int> Granted { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}

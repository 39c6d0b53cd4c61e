using System.Collections.Concurrent;
using Herald.Domain.Campaigns;
using Herald.Domain.Tenants;

namespace Herald.Storage.Campaigns;

/// <summary>
/// Campaigns that were read a moment ago. What this node writes is forgotten before its writer goes on, what others write by their signal. An entry
/// is made before its row is read: a change in between removes the entry, so what was read before the change is nobody's answer after it.
/// </summary>
internal sealed class CampaignMemory(IDatabaseSignals signals, TimeProvider time) : IDisposable
{
    private const int EntriesMax = 10_000;
    private readonly ConcurrentDictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private IDisposable? _subscription;

    /// <summary>The campaign as it was read within <see cref="ICampaignStore.RecallTime"/>, or as <paramref name="read"/> finds it.</summary>
    public Task<CampaignRow?> RecallAsync(TenantId tenant, CampaignId campaign, Func<Task<CampaignRow?>> read)
    {
        Listen();
        var key = SignalChannels.Campaign(tenant, campaign);
        if (_entries.TryGetValue(key, out var known) && known.IsUsable(time))
            return known.Row;
        if (_entries.Count >= EntriesMax)
            _entries.Clear();
        var entry = new Entry(time.GetTimestamp(), read);
        _entries[key] = entry;
        return entry.Row;
    }

    /// <summary>The campaign was changed: whoever asks from now on gets a row that holds the change.</summary>
    public void Forget(TenantId tenant, CampaignId campaign) => _entries.TryRemove(SignalChannels.Campaign(tenant, campaign), out _);

    public void Dispose() => _subscription?.Dispose();

    /// <summary>With the first question, since commands of a moment need no signals.</summary>
    private void Listen()
    {
        if (Volatile.Read(ref _subscription) is not null)
            return;
        lock (_lock)
            _subscription ??= signals.Subscribe(SignalChannels.CampaignChannel, Forget);
    }

    private void Forget(string key)
    {
        // The empty payload means that signals may have been missed.
        if (key.Length == 0)
            _entries.Clear();
        else
            _entries.TryRemove(key, out _);
    }

    private sealed class Entry(long readAt, Func<Task<CampaignRow?>> read)
    {
        private readonly Lazy<Task<CampaignRow?>> _row = new(read);

        public Task<CampaignRow?> Row => _row.Value;

        /// <summary>What failed, and what was not there, is looked for again.</summary>
        public bool IsUsable(TimeProvider time) =>
            time.GetElapsedTime(readAt) < ICampaignStore.RecallTime && (!Row.IsCompleted || (Row.IsCompletedSuccessfully && Row.Result is not null));
    }
}

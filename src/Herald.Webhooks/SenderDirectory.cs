using System.Collections.Concurrent;
using Herald.Storage.Tenants;

namespace Herald.Webhooks;

/// <summary>
/// Which tenant a phone-number id belongs to. Hits are kept for a few seconds; misses are not, so that a number works as soon as it is
/// connected.
/// </summary>
internal sealed class SenderDirectory(ISenderStore senders, TimeProvider time)
{
    private const int EntriesMax = 10_000;
    private static readonly TimeSpan Life = TimeSpan.FromSeconds(5);
    private readonly ConcurrentDictionary<string, (SenderRow Row, long ReadAt)> _byPhoneNumberId = new(StringComparer.Ordinal);

    public async ValueTask<SenderRow?> FindAsync(string? phoneNumberId, CancellationToken ct)
    {
        if (phoneNumberId is null)
            return null;
        if (_byPhoneNumberId.TryGetValue(phoneNumberId, out var known) && time.GetElapsedTime(known.ReadAt) < Life)
            return known.Row;
        var row = await senders.FindByPhoneNumberIdAsync(phoneNumberId, ct);
        if (row is null)
            return null;
        if (_byPhoneNumberId.Count >= EntriesMax)
            _byPhoneNumberId.Clear();
        _byPhoneNumberId[phoneNumberId] = (row, time.GetTimestamp());
        return row;
    }
}

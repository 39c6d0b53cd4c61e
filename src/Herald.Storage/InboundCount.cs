using System.Globalization;
using Herald.Domain.Senders;
using Herald.Domain.Tenants;

namespace Herald.Storage;

/// <summary>How many messages people wrote to a sender; Meta counts them in its throughput. Told on <see cref="SignalChannels.InboundChannel"/>.</summary>
/// <param name="TenantId">The tenant.</param>
/// <param name="SenderId">The sender.</param>
/// <param name="Count">How many, at least 1.</param>
public readonly record struct InboundCount(TenantId TenantId, SenderId SenderId, int Count)
{
    /// <summary>Most senders in one payload: a signal of PostgreSQL holds less than 8,000 bytes.</summary>
    public const int SendersMax = 80;

    /// <summary>The payload for up to <see cref="SendersMax"/> senders: "tenant/sender=count" with commas between.</summary>
    public static string Format(IReadOnlyCollection<InboundCount> counts)
    {
        ArgumentNullException.ThrowIfNull(counts);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(counts.Count, SendersMax);
        return string.Join(',', counts.Select(
            count => $"{SignalChannels.Queue(count.TenantId, count.SenderId)}={count.Count.ToString(CultureInfo.InvariantCulture)}"));
    }

    /// <summary>What a payload tells; what cannot be read is left out, since a signal may be empty.</summary>
    public static IReadOnlyList<InboundCount> Parse(string payload)
    {
        ArgumentNullException.ThrowIfNull(payload);
        var counts = new List<InboundCount>();
        foreach (var part in payload.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            if (part.Split('/', '=') is [var tenant, var sender, var count] && TenantId.TryParse(tenant, out var tenantId)
                && SenderId.TryParse(sender, out var senderId) && int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                counts.Add(new InboundCount(tenantId, senderId, number));
            }
        }
        return counts;
    }
}

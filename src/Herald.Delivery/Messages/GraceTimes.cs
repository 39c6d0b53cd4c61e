using Herald.Domain.Messages;
using Herald.Domain.Tenants;
using Herald.Grains;
using Herald.Grains.Tenants;
using Herald.Storage.Messages;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans;

namespace Herald.Delivery.Messages;

/// <summary>
/// Decides on messages whose outcome stayed unknown beyond the grace time. Marketing and replies stay unsent; utility and authentication go
/// once more, as a new attempt in the journal, if their tenant wants that and it has not happened yet.
/// </summary>
internal sealed class GraceTimes(
    IMessageStore messages, IGrainFactory grains, IOptions<DeliveryOptions> options, TimeProvider time, ILogger<GraceTimes> log)
{
    /// <summary>Ends what is due, over all tenants. Safe beside other nodes that do the same.</summary>
    /// <returns>How many were decided on; fewer than <paramref name="limit"/> means that there is nothing more to do now.</returns>
    public async Task<int> EndDueAsync(int limit, CancellationToken ct)
    {
        var due = await messages.ListUnknownAsync(options.Value.UnknownGrace, limit, ct);
        if (due.Count == 0)
            return 0;
        var wishes = new Dictionary<TenantId, bool?>();
        var ends = new List<GraceEnd>(due.Count);
        foreach (var message in due)
        {
            if ((MayGoOnceMore(message) ? await WantsResendAsync(message.TenantId, wishes) : false) is { } goesOnceMore)
                ends.Add(new GraceEnd(message.TenantId, message.MessageId, goesOnceMore));
        }
        var ended = await messages.EndGraceAsync(ends, options.Value.UnknownGrace, time.GetUtcNow(), ct);
        log.GraceEnded(ended, ends.Count(end => end.GoesOnceMore));
        return ends.Count;
    }

    /// <summary>What is too late by now would only end as late.</summary>
    private bool MayGoOnceMore(UnknownMessage message) =>
        message is { Class: MessageClass.Authentication or MessageClass.Utility, UnknownAttempts: 1 } && !(message.ExpireTime <= time.GetUtcNow());

    /// <summary>Null when that cannot be told now; the messages that hang on it wait, and nobody else's do.</summary>
    private async Task<bool?> WantsResendAsync(TenantId tenant, Dictionary<TenantId, bool?> wishes)
    {
        if (wishes.TryGetValue(tenant, out var known))
            return known;
        try
        {
            wishes[tenant] = (await grains.GetGrain<ITenantGrain>(GrainKeys.Tenant(tenant)).GetSettings()).ResendUnknown;
        }
        catch (Exception error) when (GrainCallErrors.MayPass(error))
        {
            log.SettingsUnavailable(error, tenant);
            wishes[tenant] = null;
        }
        return wishes[tenant];
    }
}

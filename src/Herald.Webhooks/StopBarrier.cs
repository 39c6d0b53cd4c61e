using Herald.Domain.Messages;
using Herald.Grains;
using Herald.Storage;
using Herald.Storage.Messages;
using Herald.WhatsApp.Webhooks;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Herald.Webhooks;

/// <summary>
/// Holds back the acknowledgement of a delivery in which somebody opts out until the opt-out is committed and nothing that was claimed
/// for that person before can still leave, on any node. So whoever sees the 200 sees no marketing message after it.
/// <para>
/// The delivery is stored before, and the inbox processes it as every other; here its opt-outs only come earlier, and their effects are
/// applied once. What fails here for good, or is claimed for longer than <see cref="WebhookOptions.StopTimeout"/>, is left to the inbox. Cost: deliveries
/// without inbound messages are searched for two names and not parsed; an opt-out takes its own transaction and one look or more at the
/// messages of its people.
/// </para>
/// </summary>
internal sealed class StopBarrier(
    InboundHandler inbound,
    PreferenceHandler preferences,
    IMessageStore messages,
    IOptions<WebhookOptions> options,
    TimeProvider time,
    ILogger<StopBarrier> log)
{
    private static readonly TimeSpan FirstLook = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan LongestLook = TimeSpan.FromMilliseconds(50);

    /// <summary>
    /// Returns when the opt-outs of a stored body hold, or when the limit is over. Never throws for what the body holds or storage does. False when an
    /// opt-out is not committed yet for a reason that passes: the delivery is not to be acknowledged, Meta's repetition comes here again.
    /// </summary>
    public async Task<bool> RaiseAsync(ReadOnlyMemory<byte> body)
    {
        if (!DeliveryBody.MayOptOut(body.Span))
            return true;
        using var limit = new CancellationTokenSource(options.Value.StopTimeout, time);
        var stopped = new List<OptedOut>();
        var isApplied = false;
        try
        {
            var isPutOff = false;
            foreach (var change in WebhookParser.Parse(body))
            {
                if (await ApplyAsync(change, limit.Token) is { } people)
                    stopped.AddRange(people);
                else
                    isPutOff = true;
            }
            isApplied = !isPutOff;
            await DrainAsync(stopped, limit.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            log.StopBarrierTimedOut(stopped.Count);
        }
        return isApplied;
    }

    /// <summary>Who opted out; null when that could not be committed now, and can be later.</summary>
    private async Task<IReadOnlyList<OptedOut>?> ApplyAsync(WebhookChange change, CancellationToken ct)
    {
        try
        {
            return change switch
            {
                InboundMessageChange message => await inbound.HandleKeywordAsync(message, ct).WaitAsync(ct),
                UserPreferenceChange preference => await preferences.HandleAsync(preference, ct).WaitAsync(ct),
                _ => [],
            };
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            // The inbox meets the same failure, counts it and tries again; others in this delivery opt out all the same.
            log.StopLeftToInbox(error);
            return GrainCallErrors.MayPass(error) ? null : [];
        }
    }

    /// <summary>
    /// Waits until no marketing message of these people is claimed any more: what was claimed before the opt-out has been posted by then, or
    /// has been given back by the last look of its sender.
    /// </summary>
    private async Task DrainAsync(List<OptedOut> stopped, CancellationToken ct)
    {
        foreach (var people in stopped.GroupBy(one => one.Tenant, one => one.Contact))
        {
            var wait = FirstLook;
            while (await ClaimedAsync(people, ct))
            {
                await Task.Delay(wait, time, ct);
                wait = wait * 2 < LongestLook ? wait * 2 : LongestLook;
            }
        }
    }

    private async Task<bool> ClaimedAsync(IGrouping<Domain.Tenants.TenantId, Domain.Contacts.ContactId> people, CancellationToken ct)
    {
        try
        {
            return await messages.AnyClaimedAsync(people.Key, [.. people], MessageClass.Marketing, ct);
        }
        catch (Exception error) when (TransientErrors.IsTransient(error))
        {
            log.StopLeftToInbox(error);
            return true;
        }
    }
}

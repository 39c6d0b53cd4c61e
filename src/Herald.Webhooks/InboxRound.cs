using Herald.Domain.Messages;
using Herald.Storage;
using Herald.Storage.Portfolios;
using Herald.Storage.Webhooks;
using Herald.WhatsApp.Webhooks;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Herald.Webhooks;

/// <summary>
/// One round over some deliveries: STOP and START first, then the statuses of all deliveries in one batch, then everything else in
/// order. A delivery that fails is tried again with growing waits and parked in the end; the others of its round are done.
/// </summary>
internal sealed class InboxRound(
    IWebhookInbox inbox,
    InboundCounts counts,
    StatusHandler statuses,
    InboundHandler inbound,
    PreferenceHandler preferences,
    TemplateStatusHandler templates,
    AccountHandler accounts,
    PortfolioLimitHandler limits,
    IPortfolioStore portfolios,
    IOptions<WebhookOptions> options,
    TimeProvider time,
    ILogger<InboxRound> log)
{
    private const int KindLengthMax = 200;
    /// <summary>After so many, a wait is longer than the longest.</summary>
    private const int DoublingsMax = 10;

    private static readonly TimeSpan FirstRetry = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromMinutes(10);

    /// <summary>Deliveries of a round that broke off after their inbound messages were counted; a round's worth at most, since the next has them again.</summary>
    private readonly HashSet<Guid> _counted = [];

    public async Task ProcessAsync(IReadOnlyList<InboxRow> deliveries, CancellationToken ct)
    {
        var parsed = deliveries.Select(row => new Delivery(row, WebhookParser.Parse(row.Body))).ToList();
        foreach (var delivery in parsed)
        {
            // Each on its own: one delivery carries many people, and a STOP behind something that fails is still a STOP.
            foreach (var message in delivery.Changes.OfType<InboundMessageChange>())
                await GuardAsync(delivery, () => inbound.HandleKeywordAsync(message, ct));
        }
        await CountAsync(parsed, ct);
        await ApplyStatusesAsync(parsed, ct);
        var windows = new List<OpenWindow>();
        foreach (var delivery in parsed)
            await HandleOthersAsync(delivery, windows, ct);
        // Asked once for the whole round, and not where nobody wrote.
        if (windows.Count > 0)
            await portfolios.FreeAsync(windows, time.GetUtcNow(), ct);
        await CloseAsync(parsed, ct);
        _counted.Clear();
    }

    /// <summary>A delivery that is tried again, or whose round did not come to its end, was counted the first time.</summary>
    private async Task CountAsync(List<Delivery> parsed, CancellationToken ct)
    {
        var first = parsed.Where(delivery => delivery.Row.Attempts == 0 && !_counted.Contains(delivery.Row.Id)).ToList();
        await counts.TellAsync(first.SelectMany(delivery => delivery.Changes.OfType<InboundMessageChange>()), ct);
        _counted.UnionWith(first.Select(delivery => delivery.Row.Id));
    }

    /// <summary>All statuses in one batch; if that fails for good, each delivery's on its own, to find the one that is at fault.</summary>
    private async Task ApplyStatusesAsync(List<Delivery> parsed, CancellationToken ct)
    {
        try
        {
            await statuses.ApplyAsync(parsed.SelectMany(Statuses).ToList(), ct);
        }
        catch (Exception error) when (!TransientErrors.IsTransient(error) && error is not OperationCanceledException)
        {
            foreach (var delivery in parsed)
                await GuardAsync(delivery, () => statuses.ApplyAsync(Statuses(delivery).ToList(), ct));
        }
    }

    /// <summary>Everything else in order; what fails holds up the later messages of the same person in this delivery, and nobody else's.</summary>
    private async Task HandleOthersAsync(Delivery delivery, List<OpenWindow> windows, CancellationToken ct)
    {
        var heldUp = new HashSet<(string?, string?, string?)>();
        foreach (var change in delivery.Changes)
        {
            switch (change)
            {
                case InboundMessageChange message when !heldUp.Contains(PersonOf(message)):
                    if (!await GuardAsync(delivery, async () => windows.AddRange(await inbound.HandleAsync(message, ct) is { } window ? [window] : [])))
                        heldUp.Add(PersonOf(message));
                    break;
                case UserPreferenceChange preference:
                    await GuardAsync(delivery, () => preferences.HandleAsync(preference, ct));
                    break;
                case TemplateStatusChange template:
                    await GuardAsync(delivery, () => templates.HandleAsync(template, ct));
                    break;
                case TemplateCategoryChange category:
                    await GuardAsync(delivery, () => templates.HandleAsync(category, ct));
                    break;
                case AccountChange account:
                    await GuardAsync(delivery, () => accounts.HandleAsync(account, ct));
                    break;
                case PortfolioLimitChange limit:
                    await GuardAsync(delivery, () => limits.HandleAsync(limit, ct));
                    break;
            }
        }
    }

    private static (string?, string?, string?) PersonOf(InboundMessageChange message) =>
        (message.PhoneNumberId, message.FromUserId, message.FromPhone);

    private async Task CloseAsync(List<Delivery> parsed, CancellationToken ct)
    {
        var unknown = parsed.SelectMany(delivery => delivery.Changes).Select(KindOfUnhandled).OfType<string>().Select(Shortened)
            .GroupBy(kind => kind, StringComparer.Ordinal)
            .ToDictionary(kind => kind.Key, kind => (long)kind.Count(), StringComparer.Ordinal);
        if (unknown.Count > 0)
            await inbox.CountUnknownAsync(unknown, time.GetUtcNow(), ct);
        await inbox.DoneAsync(parsed.Where(delivery => delivery.Error is null).Select(delivery => delivery.Row.Id).ToList(), time.GetUtcNow(), ct);
        foreach (var delivery in parsed)
        {
            if (delivery.Error is { } error)
                await RetryOrParkAsync(delivery.Row, error, ct);
        }
        log.RoundDone(parsed.Count, parsed.Sum(delivery => Statuses(delivery).Count()),
            parsed.Sum(delivery => delivery.Changes.OfType<InboundMessageChange>().Count()));
    }

    private async Task RetryOrParkAsync(InboxRow row, Exception error, CancellationToken ct)
    {
        // The type says enough; an exception's text may quote the delivery.
        var attempt = row.Attempts + 1;
        if (attempt >= options.Value.AttemptsMax)
        {
            log.DeliveryParked(error, row.Id, attempt);
            await inbox.ParkAsync(row.Id, error.GetType().Name, ct);
            return;
        }
        log.DeliveryRetried(error, row.Id, attempt);
        var wait = FirstRetry * Math.Pow(2, Math.Min(row.Attempts, DoublingsMax));
        await inbox.RetryAsync(row.Id, error.GetType().Name, time.GetUtcNow() + (wait < LongestRetry ? wait : LongestRetry), ct);
    }

    /// <summary>False when it failed; the delivery keeps the first failure.</summary>
    private static async Task<bool> GuardAsync(Delivery delivery, Func<Task> handle)
    {
        try
        {
            await handle();
            return true;
        }
        catch (Exception error) when (!TransientErrors.IsTransient(error) && error is not OperationCanceledException)
        {
            delivery.Error ??= error;
            return false;
        }
    }

    // It is a key of an index, and what others call their kinds has no bound.
    private static string Shortened(string kind) =>
        kind.Length <= KindLengthMax ? kind : kind[..(char.IsHighSurrogate(kind[KindLengthMax - 1]) ? KindLengthMax - 1 : KindLengthMax)];

    private static string? KindOfUnhandled(WebhookChange change) => change switch
    {
        UnknownChange unknown => $"{unknown.Field}:{unknown.Kind}",
        MalformedChange malformed => $"malformed:{malformed.Field}",
        MessageStatusChange { Status: DeliveryStatus.Other } status => $"status:{status.StatusName}",
        MessageStatusChange status when MessagePrice.Read(status.PricingCategory, status.PricingType) is { HasUnknownWord: true } =>
            $"pricing:{status.PricingCategory}/{status.PricingType}",
        UserPreferenceChange { Preference: MarketingPreference.Other } preference => $"preference:{preference.PreferenceName}",
        TemplateStatusChange { State: null } template => $"template:{template.Event}",
        InboundMessageChange { Content: InboundOther other } => $"message:{other.Type}",
        _ => null,
    };

    private static IEnumerable<MessageStatusChange> Statuses(Delivery delivery) => delivery.Changes.OfType<MessageStatusChange>();

    private sealed class Delivery(InboxRow row, IReadOnlyList<WebhookChange> changes)
    {
        public InboxRow Row { get; } = row;

        public IReadOnlyList<WebhookChange> Changes { get; } = changes;

        public Exception? Error { get; set; }
    }
}

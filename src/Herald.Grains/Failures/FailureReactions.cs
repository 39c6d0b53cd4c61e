using System.Globalization;
using Herald.Domain;
using Herald.Domain.Consents;
using Herald.Domain.Senders;
using Herald.Grains.Consents;
using Herald.Storage.Contacts;
using Herald.Storage.Messages;
using Herald.Storage.Tenants;
using Herald.Storage.Webhooks;
using Herald.WhatsApp.Errors;
using Microsoft.Extensions.Options;
using Orleans;

namespace Herald.Grains.Failures;

internal sealed class FailureReactions(
    FatePolicy fates,
    SenderStops stops,
    TemplateStops templates,
    FailureAudit audit,
    FailureMeter meter,
    IContactStore contacts,
    IContactReachStore reach,
    IMessageStore messages,
    IWebhookInbox inbox,
    IGrainFactory grains,
    IRandomSource random,
    IOptions<FailureOptions> options,
    TimeProvider time) : IFailureReactions
{
    /// <summary>The code of a token that cannot be read; Meta has none for it.</summary>
    private const int TokenUnreadable = 0;

    public async Task<Fate> ReactAsync(FailedSend failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        var isListed = MetaErrors.Find(failure.Code, null) is not null;
        meter.Count(failure, isListed);
        if (!isListed)
            await CountUnlistedAsync(failure);
        switch (failure.Error.Reaction)
        {
            case Reaction.SlowDownSender or Reaction.StopMarketing or Reaction.PauseSender or Reaction.PauseTenant or Reaction.DisconnectToken or Reaction.LockAccount:
                await stops.StopAsync(failure);
                break;
            case Reaction.CloseCountry:
                await CloseCountryAsync(failure);
                break;
            case Reaction.PauseTemplate:
                await templates.StopAsync(failure);
                break;
            case Reaction.OptOut:
                await RecordOptOutAsync(failure);
                break;
            case Reaction.MarkContactUnreachable:
                await MarkUnreachableAsync(failure);
                break;
            case Reaction.CloseWindow:
                await reach.CloseWindowAsync(failure.Tenant, failure.Contact, failure.Sender, failure.Time, CancellationToken.None);
                break;
            case Reaction.HoldContact:
                return await HoldAsync(failure);
        }
        return fates.Decide(failure, await CountTriesAsync(failure), time.GetUtcNow());
    }

    public Task PauseReopenedAsync(FailedSend failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        return failure.Error.Reaction == Reaction.PauseTemplate ? templates.PauseReopenedAsync(failure) : stops.PauseCampaignAsync(failure);
    }

    public Task TokenUnreadableAsync(SenderRow sender)
    {
        ArgumentNullException.ThrowIfNull(sender);
        return stops.DisconnectAsync(sender, TokenUnreadable, "The stored token cannot be read with the keys of this installation. Please connect the number again.");
    }

    public Task AddressRefusedAsync(FailedSend failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        return MarkUnreachableAsync(failure);
    }

    /// <summary>
    /// How often the message was tried, this time included, as far as that bounds it: requests that were made, other than those refused for what held the
    /// message until it was over. Claims that were given back before a request are none, so an outage or a turn to wait for costs no try.
    /// </summary>
    private async Task<int> CountTriesAsync(FailedSend failure)
    {
        if (failure.Attempt == 1 || !FatePolicy.IsBounded(failure.Error.Reaction, failure.Class))
            return 1;
        var attempts = await messages.ListAttemptsAsync(failure.Tenant, failure.Message, CancellationToken.None);
        return 1 + attempts.Count(attempt => attempt.Attempt < failure.Attempt && attempt.Outcome switch
        {
            AttemptOutcome.Accepted or AttemptOutcome.Unknown => true,
            AttemptOutcome.Refused => MetaErrors.Find(attempt.ErrorCode, null) is not { } error || FatePolicy.IsBounded(error.Reaction, failure.Class),
            _ => false,
        });
    }

    /// <summary>A code that the table lacks is judged by its HTTP status; that it came is kept where operators look for what nobody handles yet.</summary>
    private Task CountUnlistedAsync(FailedSend failure) => inbox.CountUnknownAsync(
        new Dictionary<string, long> { [string.Create(CultureInfo.InvariantCulture, $"error:{failure.Code}")] = 1 }, time.GetUtcNow(), CancellationToken.None);

    private async Task MarkUnreachableAsync(FailedSend failure)
    {
        if (await reach.MarkUnreachableAsync(failure.Tenant, failure.Contact, failure.Code, time.GetUtcNow(), CancellationToken.None))
            await audit.ContactAsync(failure, "MarkContactUnreachable");
    }

    /// <summary>The country is where the contact is reached now; of one who is gone nothing is known.</summary>
    private async Task CloseCountryAsync(FailedSend failure)
    {
        var contact = await contacts.GetAsync(failure.Tenant, failure.Contact, CancellationToken.None);
        if ((contact?.Phone ?? contact?.UserId) is { } address && ClosedCountries.PrefixOf(address) is { } prefix)
            await stops.CloseCountryAsync(failure, prefix);
    }

    /// <summary>Whoever gets too much marketing waits; the message that was withheld waits with them, unless it was tried often enough.</summary>
    private async Task<Fate> HoldAsync(FailedSend failure)
    {
        var hold = await reach.HoldMarketingAsync(failure.Tenant, failure.Contact, failure.Time, random, CancellationToken.None);
        if (hold is null)
            return Fate.Fail;
        if (hold.Time == failure.Time)
            await audit.ContactAsync(failure, "HoldContact");
        // What was sent by itself is gone once WhatsApp had taken it.
        var canBeMade = failure.Campaign is not null || !failure.CameLater;
        return hold.MayRetry && canBeMade && options.Value.RetryWithheldMarketing ? Fate.Retry(hold.Until) : Fate.Fail;
    }

    private Task<RecordConsentResult> RecordOptOutAsync(FailedSend failure)
    {
        var kind = failure.CameLater ? "status" : "refused";
        return grains.GetGrain<IContactConsentGrain>(GrainKeys.Contact(failure.Tenant, failure.Contact)).Record(new RecordConsent
        {
            Purpose = (int)ConsentPurpose.Marketing,
            Action = (int)ConsentAction.Revoke,
            Sender = failure.Sender.Value,
            Source = (int)ConsentSource.Meta,
            EvidenceKey = $"{kind}:{failure.Code}:{failure.Message}",
            Evidence = $$"""{"code":{{failure.Code}},"message":"{{failure.Message}}"}""",
            Actor = "meta",
            EventTime = failure.Time,
            Campaign = failure.Campaign?.Value,
            Message = failure.Message.Value,
        });
    }
}

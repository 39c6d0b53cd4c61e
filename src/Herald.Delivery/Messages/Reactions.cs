using Herald.Delivery.Senders;
using Herald.Domain;
using Herald.Domain.Campaigns;
using Herald.Domain.Consents;
using Herald.Domain.Senders;
using Herald.Grains;
using Herald.Grains.Campaigns;
using Herald.Grains.Consents;
using Herald.Storage.Messages;
using Herald.Storage.Tenants;
using Herald.WhatsApp.Errors;
using Herald.WhatsApp.Messages;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans;

namespace Herald.Delivery.Messages;

/// <summary>What follows from each answer of Meta's, by the reaction that the table of errors names: for the message, and around it.</summary>
internal sealed class Reactions(
    ISenderStore senders,
    IGrainFactory grains,
    IRandomSource random,
    IOptions<DeliveryOptions> options,
    TimeProvider time,
    ILogger<Reactions> log)
{
    /// <summary>The reason given when a sender's stored token cannot be read.</summary>
    public const int TokenUnreadable = 0;

    /// <summary>How long a message waits that could not go because its sender cannot send.</summary>
    public static readonly TimeSpan SenderPause = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan FirstRetry = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan PairRetry = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan LaterRetry = TimeSpan.FromMinutes(2);

    /// <summary>The message's own fate.</summary>
    public Settlement Settle(Claim claim, SendResult result, ClaimedMessage message)
    {
        var now = time.GetUtcNow();
        return result switch
        {
            SendResult.Accepted accepted => claim.Accepted(accepted.Wamid, now),
            // Nothing left this machine: an outage costs time, never a message, however long it lasts.
            SendResult.NotSent => claim.NotSent(now + Backoff(FirstRetry, 2, message.Attempt), now),
            SendResult.Unknown unknown => claim.Unknown(0, $"No answer: {unknown.Kind}.", now),
            SendResult.Refused refused => SettleRefused(claim, refused.Failure, message, now),
            _ => throw new InvalidOperationException("A send result is one of four."),
        };
    }

    /// <summary>What the refusal means for the sender, the campaign and the contact.</summary>
    /// <returns>Whether anything followed.</returns>
    public async Task<bool> ReactAsync(SenderRow sender, ClaimedMessage message, MetaFailure failure, Pace pace)
    {
        var code = failure.Code ?? 0;
        switch (failure.Reaction)
        {
            case Reaction.SlowDownSender:
                pace.SlowDown();
                log.SenderSlowedDown(sender.TenantId, sender.SenderId, code, pace.RatePerSecond);
                break;
            case Reaction.PauseTemplate:
                await PauseCampaignAsync(sender, message, PauseCause.TemplatePaused, failure, code);
                break;
            case Reaction.PauseSender or Reaction.PauseTenant or Reaction.LockAccount:
                await MoveSenderAsync(sender, SenderTrigger.Restrict, code);
                await PauseCampaignAsync(sender, message, PauseCause.SenderUnavailable, failure, code);
                break;
            // An answer to a token that was replaced while the request was under way says nothing about the new one.
            case Reaction.DisconnectToken when await HasNewTokenAsync(sender):
                return false;
            case Reaction.DisconnectToken:
                await DisconnectAsync(sender, code);
                await PauseCampaignAsync(sender, message, PauseCause.TokenInvalid, failure, code);
                break;
            case Reaction.OptOut:
                await RecordOptOutAsync(sender, message, code);
                break;
            default:
                return false;
        }
        return true;
    }

    /// <summary>The sender's token is dead or unreadable: nothing more leaves through it until it is connected again.</summary>
    public Task<bool> DisconnectAsync(SenderRow sender, int code) => MoveSenderAsync(sender, SenderTrigger.Disconnect, code);

    private Settlement SettleRefused(Claim claim, MetaFailure failure, ClaimedMessage message, DateTimeOffset now)
    {
        var attempt = message.Attempt;
        var code = failure.Code ?? failure.HttpStatus;
        var detail = failure.Error.CustomerText;
        return failure.Reaction switch
        {
            Reaction.UnknownOutcome => claim.Unknown(code, detail, now),
            Reaction.RetryWithBackoff => Again(claim, code, detail, failure.RetryAfter ?? Backoff(FirstRetry, 2, attempt), now),
            Reaction.SlowDownSender => Again(claim, code, detail, failure.RetryAfter ?? Backoff(FirstRetry, 2, attempt), now),
            Reaction.WaitForContact => Again(claim, code, detail, Backoff(PairRetry, 4, attempt), now),
            Reaction.RetryLater => Again(claim, code, detail, failure.RetryAfter ?? LaterRetry, now),
            // There is no campaign that could be paused and go on later: nothing but the message itself is left to end this.
            Reaction.PauseTemplate when message.CampaignId is null => claim.Failed(code, detail, now),
            // What stops the sender or the campaign keeps the message for when it goes on; it is not the message's fault.
            Reaction.PauseTemplate or Reaction.PauseSender or Reaction.PauseTenant or Reaction.DisconnectToken or Reaction.LockAccount =>
                claim.Refused(code, detail, now + SenderPause, now),
            _ => claim.Failed(code, detail, now),
        };
    }

    private Settlement Again(Claim claim, int code, string detail, TimeSpan wait, DateTimeOffset now) =>
        claim.Attempt >= options.Value.AttemptsMax ? claim.Failed(code, detail, now)
            : claim.Refused(code, detail, now + wait, now);

    /// <summary>Exponential with full jitter in its upper half, so that many retries do not come back together.</summary>
    private TimeSpan Backoff(TimeSpan first, double factor, int attempt)
    {
        var wait = Math.Min(first.TotalMilliseconds * Math.Pow(factor, attempt - 1), LongestRetry.TotalMilliseconds);
        return TimeSpan.FromMilliseconds((wait / 2) + random.Next((int)(wait / 2) + 1));
    }

    private async Task<bool> HasNewTokenAsync(SenderRow sender)
    {
        var row = await senders.GetAsync(sender.TenantId, sender.SenderId, CancellationToken.None);
        return row?.TokenCipher is { } cipher && !cipher.AsSpan().SequenceEqual(sender.TokenCipher);
    }

    private async Task<bool> MoveSenderAsync(SenderRow sender, SenderTrigger trigger, int code)
    {
        var row = await senders.GetAsync(sender.TenantId, sender.SenderId, CancellationToken.None);
        while (row is not null)
        {
            var decision = SenderLifecycle.Decide(row.State, trigger);
            if (!decision.IsAccepted || decision.Change == row.State)
                return false;
            var moved = row with { State = decision.Change, StateReason = $"Meta's code {code}", UpdateTime = time.GetUtcNow() };
            if (await senders.UpdateAsync(moved, CancellationToken.None) is not null)
            {
                log.SenderMoved(sender.TenantId, sender.SenderId, decision.Change.ToString(), code);
                return true;
            }
            row = await senders.GetAsync(sender.TenantId, sender.SenderId, CancellationToken.None);
        }
        return false;
    }

    private async Task PauseCampaignAsync(SenderRow sender, ClaimedMessage message, PauseCause cause, MetaFailure failure, int code)
    {
        if (message.CampaignId is not { } campaign)
            return;
        var result = await grains.GetGrain<ICampaignGrain>(GrainKeys.Campaign(sender.TenantId, campaign)).Pause(new PauseCampaign
        {
            Actor = "herald",
            Cause = (int)cause,
            Detail = failure.Error.CustomerText,
        });
        if (result.IsAccepted)
            log.CampaignPaused(sender.TenantId, campaign, code);
    }

    private Task<RecordConsentResult> RecordOptOutAsync(SenderRow sender, ClaimedMessage message, int code) =>
        grains.GetGrain<IContactConsentGrain>(GrainKeys.Contact(sender.TenantId, message.ContactId)).Record(new RecordConsent
        {
            Purpose = (int)ConsentPurpose.Marketing,
            Action = (int)ConsentAction.Revoke,
            Sender = sender.SenderId.Value,
            Source = (int)ConsentSource.Meta,
            EvidenceKey = $"refused:{code}:{message.MessageId}",
            Evidence = $$"""{"code":{{code}},"message":"{{message.MessageId}}"}""",
            Actor = "meta",
            EventTime = time.GetUtcNow(),
            Campaign = message.CampaignId?.Value,
        });
}

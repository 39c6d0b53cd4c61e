using Herald.Delivery.Senders;
using Herald.Domain;
using Herald.Domain.Messages;
using Herald.Grains.Failures;
using Herald.Storage.Messages;
using Herald.Storage.Tenants;
using Herald.WhatsApp.Errors;
using Herald.WhatsApp.Messages;
using Microsoft.Extensions.Logging;

namespace Herald.Delivery.Messages;

/// <summary>What follows from each answer of Meta's for the message and for this node's pace; what follows around it is shared with the webhooks.</summary>
internal sealed class Reactions(IFailureReactions failures, IRandomSource random, TimeProvider time, ILogger<Reactions> log)
{
    /// <summary>How long a message waits that could not go because its sender cannot send.</summary>
    public static readonly TimeSpan SenderPause = TimeSpan.FromMinutes(1);

    private const int NoCode = 0;
    private const int CountryClosed = 130497;
    private static readonly TimeSpan FirstRetry = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromMinutes(5);

    /// <summary>The code with which WhatsApp would refuse the message, as it refused others from the same account a while ago; null if nothing is known.</summary>
    public static int? WithheldCode(SenderRow sender, ClaimedMessage message, DateTimeOffset now) =>
        (message.Phone ?? message.UserId) is { } address && sender.ClosedCountries.Holds(address, now) ? CountryClosed : null;

    /// <summary>What a refusal means for the sender, the campaign and the contact, and for the message.</summary>
    /// <param name="sender">The sender whose token the request carried.</param>
    /// <param name="message">The message.</param>
    /// <param name="failure">Meta's answer.</param>
    /// <param name="sentAt">Just before the request was written.</param>
    public Task<Fate> ReactAsync(SenderRow sender, ClaimedMessage message, MetaFailure failure, DateTimeOffset sentAt) =>
        failures.ReactAsync(FailedSendOf(sender, message, CodeOf(failure), failure.Error, sentAt) with { RetryAfter = failure.RetryAfter });

    /// <summary>Writes to the log what the pace heeded.</summary>
    public void Note(SenderRow sender, PaceSign sign, SendResult result, Pace pace)
    {
        var code = result is SendResult.Refused { Failure: var failure } ? CodeOf(failure) : NoCode;
        switch (sign)
        {
            case PaceSign.SlowDown:
                log.SenderSlowedDown(sender.TenantId, sender.SenderId, code, pace.RatePerSecond);
                break;
            case PaceSign.Outage:
                log.MetaDoesNotAnswer(sender.TenantId, sender.SenderId, code);
                break;
            case PaceSign.OutageOver:
                log.MetaAnswersAgain(sender.TenantId, sender.SenderId, pace.RatePerSecond);
                break;
        }
    }

    /// <summary>The sender's stored token cannot be read: nothing more leaves through it until it is connected again.</summary>
    public async Task<bool> DisconnectAsync(SenderRow sender)
    {
        await failures.TokenUnreadableAsync(sender);
        return true;
    }

    /// <summary>The contact's address is none that WhatsApp takes.</summary>
    public async Task<bool> RefuseAddressAsync(SenderRow sender, ClaimedMessage message, int code)
    {
        await failures.AddressRefusedAsync(FailedSendOf(sender, message, code, MetaErrors.ForStatus(code), time.GetUtcNow()));
        return true;
    }

    /// <summary>The message's own fate.</summary>
    /// <param name="claim">The attempt.</param>
    /// <param name="result">How it ended.</param>
    /// <param name="fate">What was decided on a refusal; null for other ends.</param>
    public Settlement Settle(Claim claim, SendResult result, Fate? fate)
    {
        var now = time.GetUtcNow();
        return result switch
        {
            SendResult.Accepted accepted => claim.Accepted(accepted.Wamid, now),
            // Nothing left this machine: an outage costs time, and messages only when their own time runs out.
            SendResult.NotSent => claim.NotSent(now + Backoff(claim.Attempt), now),
            SendResult.Unknown unknown => claim.Unknown(0, $"No answer: {unknown.Kind}.", now),
            SendResult.Refused refused => SettleRefused(claim, refused.Failure, fate ?? throw new ArgumentNullException(nameof(fate)), now),
            _ => throw new InvalidOperationException("A send result is one of four."),
        };
    }

    private static Settlement SettleRefused(Claim claim, MetaFailure failure, Fate fate, DateTimeOffset now)
    {
        var detail = new FailureText(failure.Error.CustomerText, failure.WordsWithoutValues).ToStored();
        return fate switch
        {
            { Kind: FateKind.Retry, RetryAt: { } retryAt } => claim.Refused(CodeOf(failure), detail, retryAt, now),
            { Kind: FateKind.Unknown } => claim.Unknown(CodeOf(failure), detail, now),
            _ => claim.Failed(CodeOf(failure), detail, now),
        };
    }

    private static int CodeOf(MetaFailure failure) => failure.Code ?? failure.HttpStatus;

    private static FailedSend FailedSendOf(SenderRow sender, ClaimedMessage message, int code, MetaError error, DateTimeOffset sentAt) => new()
    {
        Tenant = sender.TenantId,
        Sender = sender.SenderId,
        Message = message.MessageId,
        Contact = message.ContactId,
        Campaign = message.CampaignId,
        Template = message.TemplateId,
        Class = message.Class,
        Attempt = message.Attempt,
        Code = code,
        Error = error,
        Time = sentAt,
        CameLater = false,
        TokenCipher = sender.TokenCipher,
    };

    /// <summary>Exponential with jitter in its upper half, so that many retries do not come back together.</summary>
    private TimeSpan Backoff(int attempt)
    {
        var wait = Math.Min(FirstRetry.TotalMilliseconds * Math.Pow(2, attempt - 1), LongestRetry.TotalMilliseconds);
        return TimeSpan.FromMilliseconds((wait / 2) + random.Next((int)(wait / 2) + 1));
    }
}

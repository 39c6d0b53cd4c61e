using Herald.Delivery.Senders;
using Herald.Domain.Messages;
using Herald.Storage;
using Herald.Storage.Messages;
using Herald.WhatsApp;
using Herald.WhatsApp.Errors;
using Herald.WhatsApp.Messages;

namespace Herald.Delivery.Messages;

/// <summary>
/// One claimed message's way out: compose, look once more, post, settle, react. It never throws for what the network or Meta does,
/// and settles exactly once.
/// </summary>
internal sealed class MessageDispatch(
    IWhatsAppClient client,
    MessageComposer composer,
    SenderTokens tokens,
    Settlements settlements,
    Reactions reactions,
    StorageRetry retry,
    TimeProvider time)
{
    public async Task SendAsync(SendContext context, ClaimedMessage message)
    {
        var sender = context.Sender;
        var claim = new Claim(sender.TenantId, message.MessageId, context.Lease.Epoch, message.Attempt);
        var composed = await retry.RunAsync("reading a template",
            () => composer.ComposeAsync(sender.TenantId, message, CancellationToken.None).AsTask());
        if (composed.Message is null)
        {
            if (composed.Code == MessageComposer.RecipientInvalid)
                await retry.RunAsync("a reaction", () => reactions.RefuseAddressAsync(sender, message, composed.Code));
            await settlements.WriteAsync(claim.Failed(composed.Code, TextOf(composed), time.GetUtcNow()));
            return;
        }
        if (Reactions.WithheldCode(sender, message, time.GetUtcNow()) is { } code)
        {
            // What is not asked for costs no pace: a country's thousands do not hold up the others'.
            context.Pace.GiveBack(1);
            await settlements.WriteAsync(claim.Withheld(code, MetaErrors.ForStatus(code).CustomerText, time.GetUtcNow()));
            return;
        }
        if (tokens.Find(sender) is not { } token)
        {
            await settlements.WriteAsync(claim.NotSent(retryAt: time.GetUtcNow() + Reactions.SenderPause, time.GetUtcNow()));
            await retry.RunAsync("a reaction", () => reactions.DisconnectAsync(sender));
            return;
        }
        if (!MayLeave())
        {
            await settlements.WriteAsync(claim.NotSent(retryAt: time.GetUtcNow(), time.GetUtcNow()));
            return;
        }
        if (context.Pairs.Take(message.ContactId, message.MessageId) is { } turn)
        {
            await settlements.WriteAsync(claim.NotSent(retryAt: turn, time.GetUtcNow()));
            return;
        }
        var sentAt = time.GetUtcNow();
        var askedAt = time.GetTimestamp();
        var result = await client.SendAsync(
            sender.PhoneNumberId, token, composed.Message with { MayLeave = MayLeave }, CancellationToken.None);
        var elapsed = time.GetElapsedTime(askedAt);
        TimeSpan? latency = result is SendResult.NotSent ? null : elapsed;
        var sign = PaceFeedback.Read(result, askedAt, elapsed, context.Pace);
        reactions.Note(sender, sign, result, context.Pace);
        if (sign == PaceSign.PairLimit)
            context.Pairs.Exhaust(message.ContactId);
        if (result is SendResult.NotSent)
            context.Pairs.GiveBack(message.ContactId);
        // What an answer means for others comes first: a crash in between then costs this message's outcome, not an opt-out.
        var fate = result is SendResult.Refused refused
            ? await retry.RunAsync("a reaction", () => reactions.ReactAsync(sender, message, refused.Failure, sentAt))
            : null;
        await settlements.WriteAsync(result is SendResult.NotSent { Kind: NotSentKind.Withheld }
            ? claim.NotSent(retryAt: time.GetUtcNow(), time.GetUtcNow())
            : reactions.Settle(claim, result, fate) with { Latency = latency });

        // The last look: an opt-out that was committed after the claim, a lease that this node may have slept through, or a claim that is so old that
        // the others may have given it up. Asked here, before the request costs a turn or a connection, and once more when the connection stands
        // and nothing of the message is written yet.
        bool MayLeave() => context.Lease.IsHeld
            && !context.Deadline.IsOver
            && !context.Barrier.Holds(SignalChannels.OptOut(sender.TenantId, message.ContactId), context.ClaimedAt);
    }

    /// <summary>What WhatsApp would have refused, in the words that its refusal would get, and what it is.</summary>
    private static string TextOf(Composed composed) =>
        new FailureText(MetaErrors.ForStatus(composed.Code).CustomerText, composed.Detail).ToStored();
}

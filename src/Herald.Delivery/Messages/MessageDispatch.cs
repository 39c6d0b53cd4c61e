using Herald.Delivery.Senders;
using Herald.Storage;
using Herald.Storage.Leases;
using Herald.Storage.Messages;
using Herald.Storage.Tenants;
using Herald.WhatsApp;
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
    /// <param name="sender">The sender as last read.</param>
    /// <param name="lease">The sender's lease; checked just before the request is written.</param>
    /// <param name="barrier">Opt-outs committed since the claim.</param>
    /// <param name="pace">Told to slow down when Meta says so.</param>
    /// <param name="message">The claimed message.</param>
    /// <param name="epoch">The lease's epoch at the claim.</param>
    /// <param name="claimedAt">Time stamp from before the claim.</param>
    public async Task SendAsync(SenderRow sender, LeaseHolder lease, OptOutBarrier barrier, Pace pace, ClaimedMessage message, long epoch, long claimedAt)
    {
        var claim = new Claim(sender.TenantId, message.MessageId, epoch, message.Attempt);
        var composed = await retry.RunAsync("reading a template",
            () => composer.ComposeAsync(sender.TenantId, message, CancellationToken.None).AsTask());
        if (composed.Message is null)
        {
            if (composed.Code == MessageComposer.RecipientInvalid)
                await retry.RunAsync("a reaction", () => reactions.RefuseAddressAsync(sender, message, composed.Code));
            await settlements.WriteAsync(claim.Failed(composed.Code, composed.Detail, time.GetUtcNow()));
            return;
        }
        if (tokens.Find(sender) is not { } token)
        {
            await settlements.WriteAsync(claim.NotSent(retryAt: time.GetUtcNow() + Reactions.SenderPause, time.GetUtcNow()));
            await retry.RunAsync("a reaction", () => reactions.DisconnectAsync(sender));
            return;
        }
        // The last look: an opt-out that was committed after the claim, or a lease that this node may have slept through.
        if (!lease.IsHeld || lease.Epoch != epoch || barrier.Holds(SignalChannels.OptOut(sender.TenantId, message.ContactId), claimedAt))
        {
            await settlements.WriteAsync(claim.NotSent(retryAt: time.GetUtcNow(), time.GetUtcNow()));
            return;
        }
        var sentAt = time.GetUtcNow();
        var result = await client.SendAsync(sender.PhoneNumberId, token, composed.Message, CancellationToken.None);
        // What an answer means for others comes first: a crash in between then costs this message's outcome, not an opt-out.
        var fate = result is SendResult.Refused refused
            ? await retry.RunAsync("a reaction", () => reactions.ReactAsync(sender, message, refused.Failure, pace, sentAt))
            : null;
        await settlements.WriteAsync(reactions.Settle(claim, result, fate));
    }
}

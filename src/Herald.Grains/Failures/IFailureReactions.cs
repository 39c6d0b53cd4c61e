using Herald.Storage.Tenants;

namespace Herald.Grains.Failures;

/// <summary>
/// What follows from each failure of a send, by the reaction that the table of errors names, wherever the failure is heard of first. Each may
/// be told twice: the second time changes nothing.
/// </summary>
public interface IFailureReactions
{
    /// <summary>
    /// Carries out what a failure means for the contact, the template, the sender, the account and their campaigns, each written to the audit, and says
    /// what it means for the message, which the caller writes afterwards.
    /// </summary>
    Task<Fate> ReactAsync(FailedSend failure);

    /// <summary>
    /// Pauses a campaign that had completed before the failure of its message was heard of, once that is queued again and the campaign runs for it, if what
    /// stopped it still does. It could not be paused earlier.
    /// </summary>
    Task PauseReopenedAsync(FailedSend failure);

    /// <summary>A stored token cannot be read with this installation's keys: its senders are disconnected until they are connected again.</summary>
    /// <param name="sender">The sender as it was read.</param>
    Task TokenUnreadableAsync(SenderRow sender);

    /// <summary>The contact's address is none that WhatsApp takes: campaigns skip it until it changes.</summary>
    /// <param name="failure">The message that could not be addressed, and the code under which it fails.</param>
    Task AddressRefusedAsync(FailedSend failure);
}

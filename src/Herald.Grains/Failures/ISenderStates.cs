using Herald.Storage.Tenants;

namespace Herald.Grains.Failures;

/// <summary>
/// Moves senders for what is not the failure of one message: what Meta tells of an account, and what a look at Meta finds. Campaigns of a sender
/// that stops are paused, and lifted once it can send again.
/// </summary>
public interface ISenderStates
{
    /// <summary>The sender can send again. False when it was not stopped, or somebody else moved it meanwhile.</summary>
    /// <param name="sender">The sender as it was read.</param>
    /// <param name="actor">Who found out, as the audit names them.</param>
    Task<bool> RecoverAsync(SenderRow sender, string actor);

    /// <summary>Meta forbids the sender to send. False when it was stopped already.</summary>
    /// <param name="sender">The sender as it was read.</param>
    /// <param name="reason">Why, for people.</param>
    /// <param name="checkAt">When to look again; null when only a person can end it.</param>
    Task<bool> RestrictAsync(SenderRow sender, string reason, DateTimeOffset? checkAt);

    /// <summary>Herald may no longer use the sender. False when it was disconnected already.</summary>
    /// <param name="sender">The sender as it was read.</param>
    /// <param name="reason">Why, for people.</param>
    Task<bool> DisconnectAsync(SenderRow sender, string reason);

    /// <summary>Has a stopped sender looked at now. False when it is not stopped, or somebody else changed it meanwhile.</summary>
    Task<bool> CheckNowAsync(SenderRow sender);

    /// <summary>
    /// Takes over the look that is due at a stopped sender and sets the time of the next, later each time.
    /// </summary>
    /// <returns>The sender as written; null when another node takes this look.</returns>
    Task<SenderRow?> TakeCheckAsync(SenderRow sender);
}

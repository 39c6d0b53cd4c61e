namespace Herald.Storage.Messages;

/// <summary>What a claim took.</summary>
public sealed record class ClaimResult
{
    /// <summary>True when the node no longer holds the sender's lease with that epoch; then nothing was claimed.</summary>
    public required bool LeaseLost { get; init; }

    /// <summary>True when the sender may not send: it is neither Active nor Throttled. Nothing was claimed then.</summary>
    public bool SenderStopped { get; init; }

    /// <summary>The messages to send: by class, then one of each campaign in turn, then by due time and id.</summary>
    public required IReadOnlyList<ClaimedMessage> Messages { get; init; }

    /// <summary>
    /// How many due messages ended instead, with their reasons: suppressed, expired, or failed because their template cannot be sent. With none of
    /// these, none put off and none claimed nothing was due.
    /// </summary>
    public required int Suppressed { get; init; }

    /// <summary>
    /// How many due messages were put off because their portfolio may reach no more people for now, or because marketing to their contact is held back; they
    /// stay queued.
    /// </summary>
    public int Postponed { get; init; }

    /// <summary>Nothing was taken, because the lease is lost.</summary>
    internal static ClaimResult Lost { get; } = new() { LeaseLost = true, Messages = [], Suppressed = 0 };

    /// <summary>Nothing was due, or the sender may not send.</summary>
    internal static ClaimResult Nothing(bool senderStopped) =>
        new() { LeaseLost = false, SenderStopped = senderStopped, Messages = [], Suppressed = 0 };
}

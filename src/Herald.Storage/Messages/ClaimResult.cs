namespace Herald.Storage.Messages;

/// <summary>What a claim took.</summary>
public sealed record class ClaimResult
{
    /// <summary>True when the node no longer holds the sender's lease with that epoch; then nothing was claimed.</summary>
    public required bool LeaseLost { get; init; }

    /// <summary>The messages to send, by class, due time and id.</summary>
    public required IReadOnlyList<ClaimedMessage> Messages { get; init; }

    /// <summary>How many due messages were suppressed instead. With neither claimed nor suppressed ones nothing was due.</summary>
    public required int Suppressed { get; init; }
}

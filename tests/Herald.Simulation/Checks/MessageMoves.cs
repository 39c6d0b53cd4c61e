using Herald.Domain.Messages;

namespace Herald.Simulation.Checks;

/// <summary>From which state a message may come into which, written down once more.</summary>
internal static class MessageMoves
{
    public static bool IsAllowed(MessageState before, MessageState after) => before switch
    {
        MessageState.Queued => after is MessageState.Claimed || IsGivenUp(after) || IsEvidence(after),
        MessageState.Claimed => after is MessageState.Queued or MessageState.Unknown || IsGivenUp(after) || IsEvidence(after),
        MessageState.Unknown => after is MessageState.Queued || IsEvidence(after) || IsGivenUp(after),
        MessageState.Suppressed or MessageState.Cancelled or MessageState.Expired => IsEvidence(after),
        MessageState.Accepted => after is MessageState.Sent or MessageState.Delivered or MessageState.Read or MessageState.Failed,
        MessageState.Sent => after is MessageState.Delivered or MessageState.Read or MessageState.Failed,
        MessageState.Failed => after is MessageState.Delivered or MessageState.Read,
        MessageState.Delivered => after is MessageState.Read,
        _ => false,
    };

    /// <summary>Only Meta's word leads there.</summary>
    public static bool IsEvidence(MessageState state) =>
        state is MessageState.Accepted or MessageState.Sent or MessageState.Delivered or MessageState.Read or MessageState.Failed;

    private static bool IsGivenUp(MessageState state) => state is MessageState.Suppressed or MessageState.Cancelled or MessageState.Expired;
}

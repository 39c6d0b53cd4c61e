using Herald.Domain.Messages;
using Herald.Simulation.Meta;

namespace Herald.Simulation.Checks;

/// <summary>What the run knows of a message, kept beside the database to compare with it.</summary>
internal sealed class MessageShadow
{
    public required string Id { get; init; }

    public required string Tenant { get; init; }

    public required string Contact { get; init; }

    public required string Sender { get; init; }

    public required string? Campaign { get; init; }

    public required MessageClass Class { get; init; }

    public string? DedupeKey { get; init; }

    public MessageState State { get; set; }

    public long Attempts { get; set; }

    public long Reason { get; set; }

    public long Code { get; set; }

    /// <summary>The number of the commit that claimed it last.</summary>
    public long ClaimCommit { get; set; }

    public string? ClaimNode { get; set; }

    public long ClaimEpoch { get; set; }

    public List<Post> Posts { get; } = [];

    /// <summary>It counts as unknown, although a node that lives knows that its request was not taken, and has yet to write it down.</summary>
    public bool IsOwedItsOutcome => State == MessageState.Unknown && Posts is [.., var last]
        && last is { IsSurelyNotAccepted: true, Node.Lane.IsDead: false } && last.Attempt == Attempts;

    /// <summary>No request of it can have been taken, as far as its senders know.</summary>
    public bool IsSurelyNotAccepted => Posts.TrueForAll(post => post.IsSurelyNotAccepted);
}

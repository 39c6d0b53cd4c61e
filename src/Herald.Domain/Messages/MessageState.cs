namespace Herald.Domain.Messages;

/// <summary>Where an outgoing message is in its life; see MessageLifecycle for the moves. Stored as these numbers.</summary>
public enum MessageState
{
    /// <summary>Waits for its due time and its turn.</summary>
    Queued = 10,

    /// <summary>Leased by a node and journaled; the request may be under way.</summary>
    Claimed = 20,

    /// <summary>The request's outcome is not known; never sent again without a decision, which is due when the grace time ends.</summary>
    Unknown = 25,

    /// <summary>Meta took it and gave its own message id.</summary>
    Accepted = 30,

    /// <summary>Left Meta for the recipient.</summary>
    Sent = 40,

    /// <summary>Reached a device of the recipient.</summary>
    Delivered = 50,

    /// <summary>Was opened.</summary>
    Read = 60,

    /// <summary>Not sent, because consent or a preference forbids it.</summary>
    Suppressed = 70,

    /// <summary>Refused, with an error code.</summary>
    Failed = 71,

    /// <summary>Its time ran out before it was known to be sent; also the end of an unknown outcome that no status settled.</summary>
    Expired = 72,

    /// <summary>Taken back before it was sent, by itself or because its campaign was cancelled or failed.</summary>
    Cancelled = 73,
}

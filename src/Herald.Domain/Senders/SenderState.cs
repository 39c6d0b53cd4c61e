namespace Herald.Domain.Senders;

/// <summary>Where a sender is in its life; see SenderLifecycle for the moves.</summary>
public enum SenderState
{
    /// <summary>Known to Herald, not registered at Meta yet.</summary>
    Pending = 1,

    /// <summary>Registered at Meta, not yet confirmed as able to send.</summary>
    Registered = 2,

    /// <summary>May send at its full pace.</summary>
    Active = 3,

    /// <summary>May send at a lowered pace.</summary>
    Throttled = 4,

    /// <summary>Meta forbids business-initiated messages for now.</summary>
    Restricted = 5,

    /// <summary>Meta no longer lets Herald use the number.</summary>
    Disconnected = 6,
}

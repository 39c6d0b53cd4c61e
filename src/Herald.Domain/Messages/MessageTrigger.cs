namespace Herald.Domain.Messages;

/// <summary>What moves a message.</summary>
public enum MessageTrigger
{
    /// <summary>A node leases and journals it, to send it.</summary>
    Claim = 1,

    /// <summary>It is known not to have gone out and waits for another attempt.</summary>
    Release = 2,

    /// <summary>The claim ran out, or the connection broke, before the outcome was known.</summary>
    LoseTrack = 3,

    /// <summary>Consent or a preference forbids it.</summary>
    Suppress = 4,

    /// <summary>Its time ran out.</summary>
    Expire = 5,

    /// <summary>It is taken back, by itself or with its campaign.</summary>
    Cancel = 6,

    /// <summary>Meta answered the request with its own message id.</summary>
    Accept = 7,

    /// <summary>Status <c>sent</c>.</summary>
    Send = 8,

    /// <summary>Status <c>failed</c>, or a refusal of the request that no retry can change.</summary>
    Fail = 9,

    /// <summary>Status <c>delivered</c>.</summary>
    Deliver = 10,

    /// <summary>Status <c>read</c>.</summary>
    Read = 11,

    /// <summary>Status <c>failed</c> of an attempt with a code after which the same message may go once more, later.</summary>
    Retry = 12,
}

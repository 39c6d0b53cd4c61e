namespace Herald.WhatsApp.Webhooks;

/// <summary>What a change of an account or number means for sending.</summary>
public enum AccountChangeKind
{
    /// <summary>Messages that the business begins are forbidden for a time.</summary>
    Restricted = 1,

    /// <summary>The account is disabled.</summary>
    Disabled = 2,

    /// <summary>What was forbidden may be allowed again.</summary>
    Reinstated = 3,

    /// <summary>The account is gone, or no longer shared with Herald.</summary>
    Removed = 4,

    /// <summary>The number may send more messages a second than before; while that was prepared it answered nothing, for a minute at most.</summary>
    ThroughputRaised = 5,
}

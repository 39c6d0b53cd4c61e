namespace Herald.WhatsApp;

/// <summary>Why a request never left this machine.</summary>
public enum NotSentKind
{
    /// <summary>The connection was refused or broke before the request began.</summary>
    Connection,

    /// <summary>The host's name could not be resolved.</summary>
    NameResolution,

    /// <summary>TLS could not be agreed.</summary>
    SecureConnection,

    /// <summary>No connection was free or open within the time allowed.</summary>
    Timeout,

    /// <summary>The caller cancelled before the request began.</summary>
    Cancelled,

    /// <summary>Whoever sent it found, just before the first byte, that it must not leave any more; see OutgoingMessage.MayLeave.</summary>
    Withheld,

    /// <summary>A management call would have been over what Meta allows the account in an hour; later it is not.</summary>
    OverBudget,
}

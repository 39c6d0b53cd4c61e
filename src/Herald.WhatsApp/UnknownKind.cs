namespace Herald.WhatsApp;

/// <summary>Why nobody knows whether a call took effect. In each case at least part of the request had left this machine.</summary>
public enum UnknownKind
{
    /// <summary>No whole answer within the time allowed.</summary>
    Timeout,

    /// <summary>The caller cancelled while the request was on its way.</summary>
    Cancelled,

    /// <summary>The connection broke after the request had begun to be written.</summary>
    ConnectionLost,

    /// <summary>An answer of 500 or above, 408 or 3xx without Meta's error body, as gateways give.</summary>
    ServerError,

    /// <summary>An answer of success that could not be read or has no message id.</summary>
    UnreadableAnswer,
}

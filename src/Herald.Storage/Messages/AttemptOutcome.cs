namespace Herald.Storage.Messages;

/// <summary>How one attempt to send ended; the column outcome of the journal.</summary>
public enum AttemptOutcome
{
    /// <summary>It has not ended: the request may be under way.</summary>
    Open = 0,

    /// <summary>Meta took the message.</summary>
    Accepted = 1,

    /// <summary>Meta refused the message.</summary>
    Refused = 2,

    /// <summary>Nobody knows whether Meta took it.</summary>
    Unknown = 3,

    /// <summary>No request was made.</summary>
    NotSent = 4,
}

namespace Herald.Domain.Senders;

/// <summary>What moves a sender.</summary>
public enum SenderTrigger
{
    /// <summary>It was registered at Meta.</summary>
    Register = 1,

    /// <summary>Meta reports that it is connected and may send at full pace.</summary>
    Activate = 2,

    /// <summary>Meta's rate limit was met, so the pace is lowered.</summary>
    Throttle = 3,

    /// <summary>Meta forbids business-initiated messages.</summary>
    Restrict = 4,

    /// <summary>The token or the number is no longer valid.</summary>
    Disconnect = 5,
}

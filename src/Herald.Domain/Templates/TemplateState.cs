namespace Herald.Domain.Templates;

/// <summary>Where a template is in its life: Meta's statuses, and Draft before submission.</summary>
public enum TemplateState
{
    /// <summary>Not submitted to Meta.</summary>
    Draft = 1,

    /// <summary>In review.</summary>
    Pending = 2,

    /// <summary>May be sent; the only state in which it may.</summary>
    Approved = 3,

    /// <summary>Refused by Meta's review.</summary>
    Rejected = 4,

    /// <summary>Paused by Meta because of low quality.</summary>
    Paused = 5,

    /// <summary>Disabled by Meta.</summary>
    Disabled = 6,

    /// <summary>A refusal is being appealed.</summary>
    InAppeal = 7,

    /// <summary>Deletion was asked for and is not finished.</summary>
    PendingDeletion = 8,

    /// <summary>Gone at Meta.</summary>
    Deleted = 9,

    /// <summary>Refused because the account has too many templates.</summary>
    LimitExceeded = 10,

    /// <summary>Put away by Meta after a year without use.</summary>
    Archived = 11,
}

namespace Herald.Domain;

/// <summary>The stable reasons for which the domain refuses; the API maps each to one of its own.</summary>
public enum RejectionReason
{
    /// <summary>The entity is in a state that does not allow it.</summary>
    StateForbids = 1,

    /// <summary>The template is not approved, so it cannot be sent.</summary>
    TemplateNotApproved = 2,

    /// <summary>The sender cannot send campaigns now.</summary>
    SenderNotReady = 3,

    /// <summary>The audience holds nobody.</summary>
    AudienceEmpty = 4,

    /// <summary>The start time is not in the future.</summary>
    ScheduleNotInFuture = 5,

    /// <summary>Messages are still open, or the audience is not wholly frozen.</summary>
    WorkLeft = 6,

    /// <summary>The campaign was paused by someone or something else, which must lift it.</summary>
    PausedByAnother = 7,

    /// <summary>START came from a contact who never opted in.</summary>
    NeverOptedIn = 8,

    /// <summary>The owner's role does not allow it.</summary>
    RoleForbids = 9,

    /// <summary>The tenant is suspended or deleted.</summary>
    TenantNotActive = 10,
}

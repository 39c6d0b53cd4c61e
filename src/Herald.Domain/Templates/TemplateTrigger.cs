namespace Herald.Domain.Templates;

/// <summary>What moves a template: Herald's own acts, and what Meta reports.</summary>
public enum TemplateTrigger
{
    /// <summary>Meta took it for review, or it was edited.</summary>
    Submit = 1,

    /// <summary>Meta reports that it may be sent (also after a pause, an appeal or from the archive).</summary>
    Approve = 2,

    /// <summary>Meta's review refused it.</summary>
    Reject = 3,

    /// <summary>Meta paused it because of low quality.</summary>
    Pause = 4,

    /// <summary>Meta disabled it.</summary>
    Disable = 5,

    /// <summary>A refusal is being appealed.</summary>
    Appeal = 6,

    /// <summary>Its deletion began.</summary>
    BeginDeletion = 7,

    /// <summary>It is gone.</summary>
    Delete = 8,

    /// <summary>Meta refused it because the account has too many.</summary>
    ExceedLimit = 9,

    /// <summary>Meta put it away unused.</summary>
    Archive = 10,
}

namespace Herald.Domain.Consents.Keywords;

/// <summary>What a message says about wanting more messages.</summary>
public enum KeywordMatchKind
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>An opt-out, to be carried out at once.</summary>
    Stop = 1,

    /// <summary>A wish to get messages again; what it does is decided by <see cref="ConsentRules.Start"/>.</summary>
    Start = 2,

    /// <summary>It may be meant as an opt-out: to be put before the owner, never carried out silently.</summary>
    NearMiss = 3,
}

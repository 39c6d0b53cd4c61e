namespace Herald.Domain.Consents;

/// <summary>What a consent event speaks of.</summary>
public enum ConsentPurpose
{
    /// <summary>Marketing messages.</summary>
    Marketing = 1,

    /// <summary>Utility messages.</summary>
    Utility = 2,

    /// <summary>Both purposes at once.</summary>
    All = 3,
}

namespace Herald.Domain.Consents;

/// <summary>What the ledger says about one purpose in one scope.</summary>
public enum ConsentState
{
    /// <summary>Nothing was ever recorded.</summary>
    Unknown = 0,

    /// <summary>The contact allowed it.</summary>
    Granted = 1,

    /// <summary>The contact refused it.</summary>
    Revoked = 2,
}

namespace Herald.Domain.Consents;

/// <summary>What the contact did.</summary>
public enum ConsentAction
{
    /// <summary>Allowed the purpose.</summary>
    Grant = 1,

    /// <summary>Refused the purpose.</summary>
    Revoke = 2,
}

namespace Herald.Domain.Tenants;

/// <summary>Where a tenant is in its life.</summary>
public enum TenantState
{
    /// <summary>Works normally.</summary>
    Active = 1,

    /// <summary>Stopped by an operator: nothing is sent, reads still work.</summary>
    Suspended = 2,

    /// <summary>Closed for good; its data is being erased.</summary>
    Deleted = 3,
}

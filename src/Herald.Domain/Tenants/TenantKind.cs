namespace Herald.Domain.Tenants;

/// <summary>What a tenant is for.</summary>
public enum TenantKind
{
    /// <summary>A customer of this installation.</summary>
    Business = 1,

    /// <summary>The built-in tenant that owns the control senders.</summary>
    System = 2,
}

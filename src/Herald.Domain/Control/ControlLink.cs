using Herald.Domain.Tenants;

namespace Herald.Domain.Control;

/// <summary>That the phone may control a tenant.</summary>
/// <param name="Tenant">The tenant.</param>
/// <param name="Owner">The person.</param>
/// <param name="TenantName">The tenant's name for people.</param>
/// <param name="Role">What the person may do.</param>
/// <param name="Language">The person's language.</param>
public sealed record ControlLink(TenantId Tenant, OwnerId Owner, string TenantName, OwnerRole Role, string Language);

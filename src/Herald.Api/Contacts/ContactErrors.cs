using Herald.Api.Errors;
using Herald.Contracts;
using Herald.Domain.Contacts;
using Herald.Domain.Tenants;

namespace Herald.Api.Contacts;

/// <summary>The errors of contacts.</summary>
internal static class ContactErrors
{
    public static ApiException IdentityTaken(TenantId tenant, ContactId? by) =>
        ApiErrors.AlreadyExists("contact", "identity", by is { } other ? ContactName.Format(tenant.Value, other.Value) : null);

    public static void IdentityRequired(Violations violations) => violations.Add(
        "contact", "identity_required", "At least one of phone_number and whatsapp_user_id is set.");
}

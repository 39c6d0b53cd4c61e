using System.Diagnostics.CodeAnalysis;

namespace Herald.Contracts;

/// <summary>Reads and writes the names of contacts.</summary>
public static class ContactName
{
    /// <summary>The form of the name, for people.</summary>
    public const string Pattern = "tenants/{tenant}/contacts/{contact}";

    /// <summary>The collection in names.</summary>
    public const string Collection = "contacts";

    /// <summary>Writes the name of a contact of a tenant.</summary>
    public static string Format(Guid tenant, Guid contact) => ResourceName.Format([TenantName.Collection, Collection], [tenant, contact]);

    /// <summary>Reads the name of a contact. False leaves empty ids.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out Guid tenant, out Guid contact)
    {
        Span<Guid> ids = stackalloc Guid[2];
        var isValid = ResourceName.TryParse(text, [TenantName.Collection, Collection], null, ids);
        (tenant, contact) = (ids[0], ids[1]);
        return isValid;
    }
}

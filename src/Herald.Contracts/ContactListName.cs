using System.Diagnostics.CodeAnalysis;

namespace Herald.Contracts;

/// <summary>Reads and writes the names of lists of contacts.</summary>
public static class ContactListName
{
    /// <summary>The form of the name, for people.</summary>
    public const string Pattern = "tenants/{tenant}/contactLists/{contact_list}";

    /// <summary>The collection in names.</summary>
    public const string Collection = "contactLists";

    /// <summary>Writes the name of a list of contacts of a tenant.</summary>
    public static string Format(Guid tenant, Guid contactList) => ResourceName.Format([TenantName.Collection, Collection], [tenant, contactList]);

    /// <summary>Reads the name of a list of contacts. False leaves empty ids.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out Guid tenant, out Guid contactList)
    {
        Span<Guid> ids = stackalloc Guid[2];
        var isValid = ResourceName.TryParse(text, [TenantName.Collection, Collection], null, ids);
        (tenant, contactList) = (ids[0], ids[1]);
        return isValid;
    }
}

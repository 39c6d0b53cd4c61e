using System.Diagnostics.CodeAnalysis;

namespace Herald.Contracts;

/// <summary>Reads and writes the names of owners.</summary>
public static class OwnerName
{
    /// <summary>The form of the name, for people.</summary>
    public const string Pattern = "tenants/{tenant}/owners/{owner}";

    /// <summary>The collection in names.</summary>
    public const string Collection = "owners";

    /// <summary>Writes the name of an owner of a tenant.</summary>
    public static string Format(Guid tenant, Guid owner) => ResourceName.Format([TenantName.Collection, Collection], [tenant, owner]);

    /// <summary>Reads the name of an owner. False leaves empty ids.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out Guid tenant, out Guid owner)
    {
        Span<Guid> ids = stackalloc Guid[2];
        var isValid = ResourceName.TryParse(text, [TenantName.Collection, Collection], null, ids);
        (tenant, owner) = (ids[0], ids[1]);
        return isValid;
    }
}

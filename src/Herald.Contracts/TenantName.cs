using System.Diagnostics.CodeAnalysis;

namespace Herald.Contracts;

/// <summary>Reads and writes the names of tenants.</summary>
public static class TenantName
{
    /// <summary>The form of the name, for people.</summary>
    public const string Pattern = "tenants/{tenant}";

    /// <summary>The collection in names.</summary>
    public const string Collection = "tenants";

    /// <summary>Writes the name of a tenant.</summary>
    public static string Format(Guid tenant) => ResourceName.Format([Collection], [tenant]);

    /// <summary>Reads the name of a tenant. False leaves an empty id.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out Guid tenant)
    {
        Span<Guid> ids = stackalloc Guid[1];
        var isValid = ResourceName.TryParse(text, [Collection], null, ids);
        tenant = ids[0];
        return isValid;
    }
}

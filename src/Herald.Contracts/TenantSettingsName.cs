using System.Diagnostics.CodeAnalysis;

namespace Herald.Contracts;

/// <summary>Reads and writes the names of tenants' settings; each tenant has one such resource.</summary>
public static class TenantSettingsName
{
    /// <summary>The form of the name, for people.</summary>
    public const string Pattern = "tenants/{tenant}/settings";

    /// <summary>The singleton's word in names.</summary>
    public const string Singleton = "settings";

    /// <summary>Writes the name of a tenant's settings.</summary>
    public static string Format(Guid tenant) => ResourceName.Format([TenantName.Collection], [tenant], Singleton);

    /// <summary>Reads the name of a tenant's settings. False leaves an empty id.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out Guid tenant)
    {
        Span<Guid> ids = stackalloc Guid[1];
        var isValid = ResourceName.TryParse(text, [TenantName.Collection], Singleton, ids);
        tenant = ids[0];
        return isValid;
    }
}

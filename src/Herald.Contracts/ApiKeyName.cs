using System.Diagnostics.CodeAnalysis;

namespace Herald.Contracts;

/// <summary>Reads and writes the names of API keys.</summary>
public static class ApiKeyName
{
    /// <summary>The form of the name, for people.</summary>
    public const string Pattern = "tenants/{tenant}/apiKeys/{api_key}";

    /// <summary>The collection in names.</summary>
    public const string Collection = "apiKeys";

    /// <summary>Writes the name of an API key of a tenant.</summary>
    public static string Format(Guid tenant, Guid apiKey) => ResourceName.Format([TenantName.Collection, Collection], [tenant, apiKey]);

    /// <summary>Reads the name of an API key. False leaves empty ids.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out Guid tenant, out Guid apiKey)
    {
        Span<Guid> ids = stackalloc Guid[2];
        var isValid = ResourceName.TryParse(text, [TenantName.Collection, Collection], null, ids);
        (tenant, apiKey) = (ids[0], ids[1]);
        return isValid;
    }
}

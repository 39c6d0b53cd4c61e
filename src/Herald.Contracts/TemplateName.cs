using System.Diagnostics.CodeAnalysis;

namespace Herald.Contracts;

/// <summary>Reads and writes the names of templates.</summary>
public static class TemplateName
{
    /// <summary>The form of the name, for people.</summary>
    public const string Pattern = "tenants/{tenant}/templates/{template}";

    /// <summary>The collection in names.</summary>
    public const string Collection = "templates";

    /// <summary>Writes the name of a template of a tenant.</summary>
    public static string Format(Guid tenant, Guid template) => ResourceName.Format([TenantName.Collection, Collection], [tenant, template]);

    /// <summary>Reads the name of a template. False leaves empty ids.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out Guid tenant, out Guid template)
    {
        Span<Guid> ids = stackalloc Guid[2];
        var isValid = ResourceName.TryParse(text, [TenantName.Collection, Collection], null, ids);
        (tenant, template) = (ids[0], ids[1]);
        return isValid;
    }
}

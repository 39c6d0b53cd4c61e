using System.Diagnostics.CodeAnalysis;

namespace Herald.Contracts;

/// <summary>Reads and writes the names of what contacts allow; each contact has one such resource.</summary>
public static class ConsentName
{
    /// <summary>The form of the name, for people.</summary>
    public const string Pattern = "tenants/{tenant}/contacts/{contact}/consent";

    /// <summary>The singleton's word in names.</summary>
    public const string Singleton = "consent";

    /// <summary>Writes the name of what a contact allows.</summary>
    public static string Format(Guid tenant, Guid contact) =>
        ResourceName.Format([TenantName.Collection, ContactName.Collection], [tenant, contact], Singleton);

    /// <summary>Reads the name of what a contact allows. False leaves empty ids.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out Guid tenant, out Guid contact)
    {
        Span<Guid> ids = stackalloc Guid[2];
        var isValid = ResourceName.TryParse(text, [TenantName.Collection, ContactName.Collection], Singleton, ids);
        (tenant, contact) = (ids[0], ids[1]);
        return isValid;
    }
}

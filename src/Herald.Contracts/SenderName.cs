using System.Diagnostics.CodeAnalysis;

namespace Herald.Contracts;

/// <summary>Reads and writes the names of senders.</summary>
public static class SenderName
{
    /// <summary>The form of the name, for people.</summary>
    public const string Pattern = "tenants/{tenant}/senders/{sender}";

    /// <summary>The collection in names.</summary>
    public const string Collection = "senders";

    /// <summary>Writes the name of a sender of a tenant.</summary>
    public static string Format(Guid tenant, Guid sender) => ResourceName.Format([TenantName.Collection, Collection], [tenant, sender]);

    /// <summary>Reads the name of a sender. False leaves empty ids.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out Guid tenant, out Guid sender)
    {
        Span<Guid> ids = stackalloc Guid[2];
        var isValid = ResourceName.TryParse(text, [TenantName.Collection, Collection], null, ids);
        (tenant, sender) = (ids[0], ids[1]);
        return isValid;
    }
}

using System.Diagnostics.CodeAnalysis;

namespace Herald.Contracts;

/// <summary>Reads and writes the names of messages.</summary>
public static class MessageName
{
    /// <summary>The form of the name, for people.</summary>
    public const string Pattern = "tenants/{tenant}/messages/{message}";

    /// <summary>The collection in names.</summary>
    public const string Collection = "messages";

    /// <summary>Writes the name of a message of a tenant.</summary>
    public static string Format(Guid tenant, Guid message) => ResourceName.Format([TenantName.Collection, Collection], [tenant, message]);

    /// <summary>Reads the name of a message. False leaves empty ids.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out Guid tenant, out Guid message)
    {
        Span<Guid> ids = stackalloc Guid[2];
        var isValid = ResourceName.TryParse(text, [TenantName.Collection, Collection], null, ids);
        (tenant, message) = (ids[0], ids[1]);
        return isValid;
    }
}

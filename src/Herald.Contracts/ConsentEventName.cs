using System.Diagnostics.CodeAnalysis;

namespace Herald.Contracts;

/// <summary>Reads and writes the names of entries of contacts' consent ledgers.</summary>
public static class ConsentEventName
{
    /// <summary>The form of the name, for people.</summary>
    public const string Pattern = "tenants/{tenant}/contacts/{contact}/consentEvents/{consent_event}";

    /// <summary>The collection in names.</summary>
    public const string Collection = "consentEvents";

    /// <summary>Writes the name of an entry of a contact's ledger.</summary>
    public static string Format(Guid tenant, Guid contact, Guid consentEvent) =>
        ResourceName.Format([TenantName.Collection, ContactName.Collection, Collection], [tenant, contact, consentEvent]);

    /// <summary>Reads the name of an entry of a contact's ledger. False leaves empty ids.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out Guid tenant, out Guid contact, out Guid consentEvent)
    {
        Span<Guid> ids = stackalloc Guid[3];
        var isValid = ResourceName.TryParse(text, [TenantName.Collection, ContactName.Collection, Collection], null, ids);
        (tenant, contact, consentEvent) = (ids[0], ids[1], ids[2]);
        return isValid;
    }
}

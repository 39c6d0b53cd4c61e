using System.Diagnostics.CodeAnalysis;

namespace Herald.Contracts;

/// <summary>Reads and writes the names of campaigns.</summary>
public static class CampaignName
{
    /// <summary>The form of the name, for people.</summary>
    public const string Pattern = "tenants/{tenant}/campaigns/{campaign}";

    /// <summary>The collection in names.</summary>
    public const string Collection = "campaigns";

    /// <summary>Writes the name of a campaign of a tenant.</summary>
    public static string Format(Guid tenant, Guid campaign) => ResourceName.Format([TenantName.Collection, Collection], [tenant, campaign]);

    /// <summary>Reads the name of a campaign. False leaves empty ids.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out Guid tenant, out Guid campaign)
    {
        Span<Guid> ids = stackalloc Guid[2];
        var isValid = ResourceName.TryParse(text, [TenantName.Collection, Collection], null, ids);
        (tenant, campaign) = (ids[0], ids[1]);
        return isValid;
    }
}

using Herald.Api.Calls;
using Herald.Contracts;
using Herald.Contracts.Tenants.V1;
using Herald.Domain.Tenants;
using Herald.Storage.Tenants;
using OwnerRole = Herald.Domain.Tenants.OwnerRole;

namespace Herald.Api.Tenants;

/// <summary>Tenants, keys, owners and settings between storage and contract.</summary>
internal static class TenantMapping
{
    public static Tenant ToProto(this TenantRow row) => new()
    {
        Name = TenantName.Format(row.TenantId.Value),
        DisplayName = row.DisplayName,
        TimeZone = row.TimeZone,
        DefaultRegion = row.DefaultRegion,
        Language = row.Language,
        State = row.State switch
        {
            Domain.Tenants.TenantState.Active => Contracts.Tenants.V1.TenantState.Active,
            Domain.Tenants.TenantState.Suspended => Contracts.Tenants.V1.TenantState.Suspended,
            Domain.Tenants.TenantState.Deleted => Contracts.Tenants.V1.TenantState.Deleted,
            _ => throw new InvalidOperationException($"Unknown tenant state {row.State}."),
        },
        Etag = Etag.Of(row.Version),
        CreateTime = row.CreateTime.ToProto(),
        UpdateTime = row.UpdateTime.ToProto(),
    };

    public static TenantSettings ToProto(this Grains.Tenants.TenantSettings settings, TenantId tenant) => new()
    {
        Name = TenantSettingsName.Format(tenant.Value),
        StopKeywords = { settings.StopKeywords },
        StartKeywords = { settings.StartKeywords },
        StartCountsAsOptIn = settings.StartCountsAsOptIn,
        ConfirmKeywords = settings.ConfirmKeywords,
        ResendUnknown = settings.ResendUnknown,
        Etag = settings.Etag,
    };

    public static Contracts.Tenants.V1.ApiKey ToProto(this ApiKeyRow row)
    {
        var key = new Contracts.Tenants.V1.ApiKey
        {
            Name = ApiKeyName.Format(row.TenantId.Value, ApiKeyId.Parse(row.KeyId).Value),
            DisplayName = row.DisplayName,
            CreateTime = row.CreateTime.ToProto(),
            RevokeTime = row.RevokeTime.ToProto(),
        };
        foreach (var scope in Enum.GetValues<ApiKeyScope>().Where(scope => scope != ApiKeyScope.Unspecified))
        {
            if ((row.Scopes & scope.ToStored()) != 0)
                key.Scopes.Add(scope);
        }
        return key;
    }

    public static ApiScopes ToStored(this ApiKeyScope scope) => scope switch
    {
        ApiKeyScope.Admin => ApiScopes.Admin,
        ApiKeyScope.Read => ApiScopes.TenantRead,
        ApiKeyScope.Write => ApiScopes.TenantWrite,
        ApiKeyScope.Send => ApiScopes.Send,
        _ => ApiScopes.None,
    };

    public static Owner ToProto(this OwnerRow row) => new()
    {
        Name = OwnerName.Format(row.TenantId.Value, row.OwnerId.Value),
        PhoneNumber = "+" + row.Phone,
        Role = row.Role.ToProto(),
        Language = row.Language,
        LinkTime = row.LinkTime.ToProto(),
    };

    public static Contracts.Tenants.V1.OwnerRole ToProto(this OwnerRole role) => role switch
    {
        OwnerRole.Owner => Contracts.Tenants.V1.OwnerRole.Owner,
        OwnerRole.Manager => Contracts.Tenants.V1.OwnerRole.Manager,
        OwnerRole.Viewer => Contracts.Tenants.V1.OwnerRole.Viewer,
        _ => throw new InvalidOperationException($"Unknown owner role {role}."),
    };

    public static OwnerRole ToStored(this Contracts.Tenants.V1.OwnerRole role) => role switch
    {
        Contracts.Tenants.V1.OwnerRole.Owner => OwnerRole.Owner,
        Contracts.Tenants.V1.OwnerRole.Manager => OwnerRole.Manager,
        Contracts.Tenants.V1.OwnerRole.Viewer => OwnerRole.Viewer,
        _ => throw new InvalidOperationException($"Unknown owner role {role}."),
    };
}

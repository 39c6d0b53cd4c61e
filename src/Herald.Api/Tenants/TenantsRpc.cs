using Grpc.Core;
using Herald.Api.Calls;
using Herald.Api.Errors;
using Herald.Contracts;
using Herald.Contracts.Tenants.V1;
using Herald.Domain.Tenants;
using Herald.Grains;
using Herald.Grains.Tenants;
using Herald.Storage.Tenants;
using Orleans;
using TenantState = Herald.Domain.Tenants.TenantState;

namespace Herald.Api.Tenants;

/// <summary>Serves <c>herald.tenants.v1.TenantsService</c>.</summary>
internal sealed class TenantsRpc(ITenantStore tenants, IGrainFactory grains, TimeProvider time) : TenantsService.TenantsServiceBase
{
    private static readonly string[] Fields = ["display_name", "time_zone", "default_region", "language"];
    private static readonly string[] SettingsFields =
        ["stop_keywords", "start_keywords", "start_counts_as_opt_in", "confirm_keywords", "resend_unknown"];

    public override async Task<CreateTenantResponse> CreateTenant(CreateTenantRequest request, ServerCallContext context)
    {
        var call = Call.Of(context);
        if (!call.Caller.IsSystem)
            throw ApiErrors.ScopeMissing(ApiScopes.Admin);
        var tenant = request.Tenant ?? new Tenant();
        call.Violations.Check("tenant", tenant, static _ => true);
        call.ThrowIfInvalid();
        var now = time.StoredNow();
        var row = new TenantRow
        {
            TenantId = new TenantId(call.ResourceId),
            Kind = TenantKind.Business,
            State = TenantState.Active,
            DisplayName = tenant.DisplayName,
            TimeZone = OrDefault(tenant.TimeZone, "UTC"),
            DefaultRegion = tenant.DefaultRegion,
            Language = OrDefault(tenant.Language, "en"),
            Version = 1,
            CreateTime = now,
            UpdateTime = now,
        };
        // A repeated request finds the tenant that it made.
        if (!await tenants.InsertAsync(row, call.Ct))
            row = await tenants.GetAsync(row.TenantId, call.Ct) ?? throw ApiErrors.NotFound(TenantName.Format(row.TenantId.Value));
        return new CreateTenantResponse { Tenant = row.ToProto() };
    }

    public override async Task<GetTenantResponse> GetTenant(GetTenantRequest request, ServerCallContext context)
    {
        var call = Call.Of(context);
        call.TenantName("name", request.Name);
        call.ThrowIfInvalid();
        var row = await tenants.GetAsync(call.Tenant, call.Ct) ?? throw ApiErrors.NotFound(request.Name);
        return new GetTenantResponse { Tenant = row.ToProto() };
    }

    public override async Task<ListTenantsResponse> ListTenants(ListTenantsRequest request, ServerCallContext context)
    {
        var call = Call.Of(context);
        var page = PageRequest.Read(call, request.PageSize, request.PageToken);
        call.ThrowIfInvalid();
        var rows = call.Caller.IsSystem
            ? await tenants.ListAsync(page.After is { } after ? new TenantId(after) : null, page.ReadSize, call.Ct)
            : page.After is null && await tenants.GetAsync(call.Tenant, call.Ct) is { } own ? [own] : [];
        var (items, next) = page.Cut(rows, row => row.TenantId.Value);
        return new ListTenantsResponse { Tenants = { items.Select(row => row.ToProto()) }, NextPageToken = next };
    }

    public override async Task<UpdateTenantResponse> UpdateTenant(UpdateTenantRequest request, ServerCallContext context)
    {
        var call = Call.Of(context);
        var tenant = request.Tenant ?? new Tenant();
        call.TenantName("tenant.name", tenant.Name);
        var mask = call.Violations.Mask("update_mask", request.UpdateMask, Fields);
        call.Violations.Check("tenant", tenant, mask.Contains);
        var seen = Etag.Read(call.Violations, "tenant.etag", tenant.Etag);
        call.ThrowIfInvalid();
        var row = await Versioned.UpdateAsync(
            tenant.Name, seen, () => tenants.GetAsync(call.Tenant, call.Ct), row => row.Version,
            row => row with
            {
                DisplayName = mask.Contains("display_name") ? tenant.DisplayName : row.DisplayName,
                TimeZone = mask.Contains("time_zone") ? OrDefault(tenant.TimeZone, "UTC") : row.TimeZone,
                DefaultRegion = mask.Contains("default_region") ? tenant.DefaultRegion : row.DefaultRegion,
                Language = mask.Contains("language") ? OrDefault(tenant.Language, "en") : row.Language,
                UpdateTime = time.StoredNow(),
            },
            row => tenants.UpdateAsync(row, call.Ct));
        return new UpdateTenantResponse { Tenant = row.ToProto() };
    }

    public override async Task<GetTenantSettingsResponse> GetTenantSettings(GetTenantSettingsRequest request, ServerCallContext context)
    {
        var call = Call.Of(context);
        call.TenantSettingsName("name", request.Name);
        call.ThrowIfInvalid();
        return new GetTenantSettingsResponse { TenantSettings = (await Grain(call).GetSettings()).ToProto(call.Tenant) };
    }

    public override async Task<UpdateTenantSettingsResponse> UpdateTenantSettings(
        UpdateTenantSettingsRequest request, ServerCallContext context)
    {
        var call = Call.Of(context);
        var settings = request.TenantSettings ?? new Contracts.Tenants.V1.TenantSettings();
        call.TenantSettingsName("tenant_settings.name", settings.Name);
        var mask = call.Violations.Mask("update_mask", request.UpdateMask, SettingsFields);
        Etag.CheckOpaque(call.Violations, "tenant_settings.etag", settings.Etag);
        call.ThrowIfInvalid();
        var current = await Grain(call).GetSettings();
        if (settings.Etag.Length > 0 && settings.Etag != current.Etag)
            throw ApiErrors.EtagMismatch(settings.Name, current.Etag);
        var changed = new Grains.Tenants.TenantSettings
        {
            StopKeywords = mask.Contains("stop_keywords") ? [.. settings.StopKeywords] : current.StopKeywords,
            StartKeywords = mask.Contains("start_keywords") ? [.. settings.StartKeywords] : current.StartKeywords,
            StartCountsAsOptIn = mask.Contains("start_counts_as_opt_in") ? settings.StartCountsAsOptIn : current.StartCountsAsOptIn,
            ConfirmKeywords = mask.Contains("confirm_keywords") ? settings.ConfirmKeywords : current.ConfirmKeywords,
            ResendUnknown = mask.Contains("resend_unknown") ? settings.ResendUnknown : current.ResendUnknown,
        };
        call.Violations.Check("tenant_settings", changed);
        call.ThrowIfInvalid();
        // Always with the etag of what was read, so that two changes at once of different fields do not undo each other.
        var written = await Grain(call).UpdateSettings(changed, current.Etag)
            ?? throw ApiErrors.EtagMismatch(settings.Name, (await Grain(call).GetSettings()).Etag);
        return new UpdateTenantSettingsResponse { TenantSettings = written.ToProto(call.Tenant) };
    }

    private ITenantGrain Grain(Call call) => grains.GetGrain<ITenantGrain>(GrainKeys.Tenant(call.Tenant));

    private static string OrDefault(string text, string whenEmpty) => text.Length == 0 ? whenEmpty : text;
}

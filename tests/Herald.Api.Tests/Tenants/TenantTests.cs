using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Herald.Api.Tenants;
using Herald.Api.Tests.Support;
using Herald.Contracts.Errors.V1;
using Herald.Contracts.Tenants.V1;
using Herald.Domain.Tenants;
using Herald.Grains.Control;
using Herald.Storage.Tenants;
using OwnerRole = Herald.Contracts.Tenants.V1.OwnerRole;

namespace Herald.Api.Tests.Tenants;

public sealed class TenantTests(SqliteApi api) : IClassFixture<SqliteApi>
{
    private TenantsService.TenantsServiceClient Tenants => new(api.Host.Channel);

    [Fact]
    public async Task A_tenant_begins_with_defaults()
    {
        var request = new CreateTenantRequest { Tenant = new Tenant { DisplayName = "Shop" }, RequestId = World.NewRequestId() };

        var tenant = (await Tenants.CreateTenantAsync(request, api.Host.Admin.Auth)).Tenant;

        Assert.Equal(
            ("Shop", "UTC", "", "en", Contracts.Tenants.V1.TenantState.Active),
            (tenant.DisplayName, tenant.TimeZone, tenant.DefaultRegion, tenant.Language, tenant.State));
    }

    [Fact]
    public async Task Only_the_system_tenant_creates_tenants_and_sees_all()
    {
        var (caller, other) = (await api.Host.NewTenantAsync(), await api.Host.NewTenantAsync());

        await Expect.FailsAsync(StatusCode.PermissionDenied, Reason.ScopeMissing, async () => await Tenants.CreateTenantAsync(
            new CreateTenantRequest { Tenant = new Tenant { DisplayName = "Mine" }, RequestId = World.NewRequestId() }, caller.Auth));
        var own = await Tenants.ListTenantsAsync(new ListTenantsRequest(), caller.Auth);
        var all = await Tenants.ListTenantsAsync(new ListTenantsRequest { PageSize = 500 }, api.Host.Admin.Auth);

        Assert.Equal([caller.Name], own.Tenants.Select(tenant => tenant.Name));
        Assert.Superset(new HashSet<string> { caller.Name, other.Name }, all.Tenants.Select(tenant => tenant.Name).ToHashSet());
    }

    [Fact]
    public async Task The_first_start_makes_one_key_and_later_starts_none()
    {
        Assert.True(ApiKeyFormat.TryParse(api.Host.Admin.Key, out _));
        Assert.Null(await api.Host.Get<FirstStart>().EnsureAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Settings_are_read_changed_by_mask_and_guarded_by_their_etag()
    {
        var caller = await api.Host.NewTenantAsync();
        var name = $"{caller.Name}/settings";
        var before = (await Tenants.GetTenantSettingsAsync(new GetTenantSettingsRequest { Name = name }, caller.Auth)).TenantSettings;
        var settings = new TenantSettings { Name = name, StopKeywords = { "Basta ya" }, ConfirmKeywords = false };

        var changed = await UpdateAsync(caller, settings, "stop_keywords");
        settings.Etag = changed.Etag;
        var again = await UpdateAsync(caller, settings, "confirm_keywords");
        var resending = await UpdateAsync(caller, new TenantSettings { Name = name, ResendUnknown = true }, "resend_unknown");

        Assert.Equal((true, false), (before.ConfirmKeywords, before.ResendUnknown));
        Assert.Equal((true, "Basta ya"), (resending.ResendUnknown, Assert.Single(resending.StopKeywords)));
        Assert.Equal((true, "Basta ya"), (changed.ConfirmKeywords, Assert.Single(changed.StopKeywords)));
        Assert.Equal((false, "Basta ya"), (again.ConfirmKeywords, Assert.Single(again.StopKeywords)));
        await Expect.FailsAsync(StatusCode.Aborted, Reason.EtagMismatch, () => UpdateAsync(caller, settings, "confirm_keywords"));
    }

    [Fact]
    public async Task A_word_stands_in_one_list_of_keywords_once()
    {
        var caller = await api.Host.NewTenantAsync();
        var settings = new TenantSettings { Name = $"{caller.Name}/settings", StopKeywords = { "Basta", "¡BASTA!", "…" }, StartKeywords = { "bastá" } };

        var detail = await Expect.FailsAsync(
            StatusCode.InvalidArgument, Reason.FieldInvalid, () => UpdateAsync(caller, settings, "stop_keywords", "start_keywords"));

        Assert.Equal(
            [("tenant_settings.start_keywords[0]", "duplicate"), ("tenant_settings.stop_keywords[1]", "duplicate"), ("tenant_settings.stop_keywords[2]", "required")],
            detail.FieldViolations.Select(violation => (violation.Field, violation.Rule)).Order());
    }

    [Fact]
    public async Task An_owner_links_by_a_code_is_listed_and_removed()
    {
        await using var host = await ApiHost.StartAsync(Storage.DatabaseProvider.Sqlite, static _ => { });
        var (owners, caller) = (new OwnersService.OwnersServiceClient(host.Channel), await host.NewTenantAsync());
        var request = new CreateOwnerLinkCodeRequest { Parent = caller.Name, Role = OwnerRole.Manager, RequestId = World.NewRequestId() };
        await Expect.FailsAsync(StatusCode.FailedPrecondition, Reason.ControlNumberMissing, async () => await owners.CreateOwnerLinkCodeAsync(request, caller.Auth));
        var business = host.AddBusiness();
        await host.ConnectAsync(host.Admin, business, SenderKind.Control);

        var code = (await owners.CreateOwnerLinkCodeAsync(request, caller.Auth)).OwnerLinkCode;
        var digits = code.Code["LINK ".Length..];
        var row = await host.Get<IOwnerStore>().RedeemLinkCodeAsync(
            OwnerLinkCodes.Hash(digits), "34600000001", new OwnerId(Guid.Parse(World.NewRequestId())), TimeProvider.System.GetUtcNow(), CancellationToken.None);
        var owner = Assert.Single((await owners.ListOwnersAsync(new ListOwnersRequest { Parent = caller.Name }, caller.Auth)).Owners);
        await owners.RemoveOwnerAsync(new RemoveOwnerRequest { Name = owner.Name, RequestId = World.NewRequestId() }, caller.Auth);

        Assert.Matches("^[0-9]{6}$", digits);
        Assert.Equal($"https://wa.me/{business.Numbers[0].Phone}?text=LINK%20{digits}", code.LinkUri);
        Assert.Equal((caller.Tenant, "+34600000001", OwnerRole.Manager, "en"), (row!.TenantId, owner.PhoneNumber, owner.Role, owner.Language));
        await Expect.FailsAsync(StatusCode.NotFound, Reason.ResourceNotFound, async () =>
            await owners.GetOwnerAsync(new GetOwnerRequest { Name = owner.Name }, caller.Auth));
    }

    private async Task<TenantSettings> UpdateAsync(TestCaller caller, TenantSettings settings, params string[] paths)
    {
        var request = new UpdateTenantSettingsRequest
        {
            TenantSettings = settings,
            UpdateMask = new FieldMask { Paths = { paths } },
            RequestId = World.NewRequestId(),
        };
        return (await Tenants.UpdateTenantSettingsAsync(request, caller.Auth)).TenantSettings;
    }
}

using Grpc.Core;
using Herald.Api.Calls;
using Herald.Api.Errors;
using Herald.Api.Tests.Support;
using Herald.Contracts.Campaigns.V1;
using Herald.Contracts.Contacts.V1;
using Herald.Contracts.Errors.V1;
using Herald.Contracts.Tenants.V1;
using Herald.Storage.Tenants;
using Herald.Testing;
using Microsoft.Extensions.Options;

namespace Herald.Api.Tests.Calls;

public sealed class CallTests(SqliteApi api) : IClassFixture<SqliteApi>
{
    [Fact]
    public async Task A_revoked_key_stops_working_at_once()
    {
        var tenant = await api.Host.NewTenantAsync();
        var caller = await api.Host.NewKeyAsync(tenant, ApiKeyScope.Read);
        var keys = new ApiKeysService.ApiKeysServiceClient(api.Host.Channel);
        var tenants = new TenantsService.TenantsServiceClient(api.Host.Channel);
        await tenants.GetTenantAsync(new GetTenantRequest { Name = caller.Name }, caller.Auth);
        var name = (await keys.ListApiKeysAsync(new ListApiKeysRequest { Parent = caller.Name }, tenant.Auth)).ApiKeys
            .Single(key => key.Scopes.Contains(ApiKeyScope.Read)).Name;

        var revoked = await keys.RevokeApiKeyAsync(new RevokeApiKeyRequest { Name = name, RequestId = World.NewRequestId() }, tenant.Auth);

        Assert.NotNull(revoked.ApiKey.RevokeTime);
        await Expect.FailsAsync(StatusCode.Unauthenticated, Reason.ApiKeyRevoked, async () =>
            await tenants.GetTenantAsync(new GetTenantRequest { Name = caller.Name }, caller.Auth));
    }

    [Fact]
    public async Task The_last_admin_key_of_a_tenant_cannot_be_revoked()
    {
        var tenant = await api.Host.NewTenantAsync();
        var keys = new ApiKeysService.ApiKeysServiceClient(api.Host.Channel);
        var name = (await keys.ListApiKeysAsync(new ListApiKeysRequest { Parent = tenant.Name }, tenant.Auth)).ApiKeys.Single().Name;

        var detail = await Expect.FailsAsync(StatusCode.FailedPrecondition, Reason.LastAdminKey, async () =>
            await keys.RevokeApiKeyAsync(new RevokeApiKeyRequest { Name = name, RequestId = World.NewRequestId() }, tenant.Auth));

        Assert.Equal(name, detail.Metadata["resource"]);
    }

    [Fact]
    public async Task Pages_walk_through_all_items_once_and_end_with_an_empty_token()
    {
        var caller = await api.Host.NewTenantAsync();
        var made = new List<string>();
        for (var i = 0; i < 7; i++)
            made.Add((await api.Host.CreateListAsync(caller)).Name);
        var client = new ContactListsService.ContactListsServiceClient(api.Host.Channel);

        var (seen, pages, token) = (new List<string>(), 0, "");
        do
        {
            var request = new ListContactListsRequest { Parent = caller.Name, PageSize = 3, PageToken = token };
            var page = await client.ListContactListsAsync(request, caller.Auth);
            seen.AddRange(page.ContactLists.Select(list => list.Name));
            (pages, token) = (pages + 1, page.NextPageToken);
        }
        while (token.Length > 0);

        Assert.Equal(made, seen);
        Assert.Equal(3, pages);
    }

    [Fact]
    public async Task A_page_token_of_another_list_tenant_or_filter_is_refused()
    {
        var (caller, other) = (await api.Host.NewTenantAsync(), await api.Host.NewTenantAsync());
        await api.Host.CreateListAsync(caller);
        await api.Host.CreateListAsync(caller);
        var lists = new ContactListsService.ContactListsServiceClient(api.Host.Channel);
        var campaigns = new CampaignsService.CampaignsServiceClient(api.Host.Channel);
        var token = (await lists.ListContactListsAsync(new ListContactListsRequest { Parent = caller.Name, PageSize = 1 }, caller.Auth)).NextPageToken;

        await Expect.FieldFailsAsync("page_token", "malformed", async () => await lists.ListContactListsAsync(
            new ListContactListsRequest { Parent = other.Name, PageToken = token }, other.Auth));
        await Expect.FieldFailsAsync("page_token", "malformed", async () => await campaigns.ListCampaignsAsync(
            new ListCampaignsRequest { Parent = caller.Name, PageToken = token }, caller.Auth));
    }

    [Fact]
    public async Task An_old_etag_is_refused_with_the_present_one()
    {
        var caller = await api.Host.NewTenantAsync();
        var client = new TenantsService.TenantsServiceClient(api.Host.Channel);
        var tenant = (await client.GetTenantAsync(new GetTenantRequest { Name = caller.Name }, caller.Auth)).Tenant;
        var changed = await UpdateAsync(client, caller, tenant, "First");

        var detail = await Expect.FailsAsync(StatusCode.Aborted, Reason.EtagMismatch, () => UpdateAsync(client, caller, tenant, "Second"));
        tenant.Etag = "";
        var again = await UpdateAsync(client, caller, tenant, "Third");

        Assert.Equal(changed.Etag, detail.Metadata["etag"]);
        Assert.Equal("Third", again.DisplayName);
    }

    [Fact]
    public async Task A_suspended_tenant_is_read_and_not_changed()
    {
        var caller = await api.Host.NewTenantAsync();
        var store = api.Host.Get<ITenantStore>();
        var row = await store.GetAsync(caller.Tenant, CancellationToken.None);
        await store.UpdateAsync(row! with { State = Domain.Tenants.TenantState.Suspended }, CancellationToken.None);

        var detail = await Expect.FailsAsync(StatusCode.FailedPrecondition, Reason.TenantState, () => api.Host.CreateListAsync(caller));
        var tenant = await new TenantsService.TenantsServiceClient(api.Host.Channel)
            .GetTenantAsync(new GetTenantRequest { Name = caller.Name }, caller.Auth);

        Assert.Equal("SUSPENDED", detail.Metadata["state"]);
        Assert.Equal(TenantState.Suspended, tenant.Tenant.State);
    }

    [Fact]
    public async Task A_deadline_ends_a_stream_that_goes_on()
    {
        var caller = await api.Host.NewTenantAsync();
        var business = api.Host.AddBusiness();
        var sender = await api.Host.ConnectAsync(caller, business, SenderKind.Business);
        var template = await api.Host.CreateTemplateAsync(caller, business.WabaId);
        var campaign = await api.Host.CreateCampaignAsync(caller, template.Name, sender.Name, (await api.Host.CreateListAsync(caller)).Name);
        using var watch = new CampaignsService.CampaignsServiceClient(api.Host.Channel).WatchCampaign(
            new WatchCampaignRequest { Name = campaign.Name }, caller.Auth, TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(1));

        Assert.True(await watch.ResponseStream.MoveNext(CancellationToken.None));
        var exception = await Assert.ThrowsAsync<RpcException>(() => watch.ResponseStream.MoveNext(CancellationToken.None));

        Assert.Equal(StatusCode.DeadlineExceeded, exception.StatusCode);
    }

    [Fact]
    public void A_key_over_its_rate_is_told_when_to_try_again()
    {
        var time = new ManualTimeProvider();
        var rates = new CallRates(Options.Create(new HeraldApiOptions { CallsPerSecond = 2, CallsBurst = 3 }), time);
        for (var i = 0; i < 3; i++)
            rates.Take("one");

        var refused = Assert.Throws<ApiException>(() => rates.Take("one"));
        rates.Take("other");
        time.Advance(refused.Detail.RetryDelay.ToTimeSpan());
        rates.Take("one");

        Assert.Equal((StatusCode.ResourceExhausted, Reason.RateLimited), (refused.Code, refused.Detail.Reason));
        Assert.Equal(TimeSpan.FromSeconds(0.5), refused.Detail.RetryDelay.ToTimeSpan());
        Assert.Throws<ApiException>(() => rates.Take("one"));
    }

    private static async Task<Tenant> UpdateAsync(TenantsService.TenantsServiceClient client, TestCaller caller, Tenant tenant, string name)
    {
        var request = new UpdateTenantRequest
        {
            Tenant = new Tenant(tenant) { DisplayName = name },
            UpdateMask = new Google.Protobuf.WellKnownTypes.FieldMask { Paths = { "display_name" } },
            RequestId = World.NewRequestId(),
        };
        return (await client.UpdateTenantAsync(request, caller.Auth)).Tenant;
    }
}

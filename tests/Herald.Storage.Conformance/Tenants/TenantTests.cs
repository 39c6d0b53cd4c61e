using Herald.Domain.Senders;
using Herald.Domain.Tenants;
using Herald.Storage.Tenants;

namespace Herald.Storage.Conformance.Tenants;

public abstract class TenantTests(DatabaseProvider provider) : ConformanceTest(provider)
{
    [Fact]
    public async Task A_tenant_is_stored_as_it_is_and_updated_under_its_version()
    {
        var store = Get<ITenantStore>();
        var row = Given.Tenant();

        Assert.True(await store.InsertAsync(row, None));
        Assert.False(await store.InsertAsync(row with { DisplayName = "Other" }, None));
        Assert.Equal(row, await store.GetAsync(row.TenantId, None));
        var updated = await store.UpdateAsync(row with { State = TenantState.Suspended, UpdateTime = Now.AddSeconds(1) }, None);

        Assert.Equal(row with { State = TenantState.Suspended, Version = 2, UpdateTime = Now.AddSeconds(1) }, updated);
        Assert.Null(await store.UpdateAsync(row, None));
        Assert.Null(await store.GetAsync(Ids.New<TenantId>(), None));
    }

    [Fact]
    public async Task Of_updates_at_once_with_one_version_one_wins()
    {
        var store = Get<ITenantStore>();
        var row = Given.Tenant();
        await store.InsertAsync(row, None);

        var updates = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() =>
            store.UpdateAsync(row with { DisplayName = $"{i}" }, None))));

        Assert.Single(updates, update => update is not null);
    }

    [Fact]
    public async Task Lists_hold_business_tenants_by_id_and_the_system_tenant_is_found_apart()
    {
        var store = Get<ITenantStore>();
        Assert.Null(await store.GetSystemTenantAsync(None));
        var system = Given.Tenant() with { Kind = TenantKind.System };
        await store.InsertAsync(system, None);
        List<TenantId> business = [];
        for (var i = 0; i < 5; i++)
            business.Add(await Given.StoredTenantAsync());

        var first = await store.ListAsync(null, 3, None);
        var second = await store.ListAsync(first[^1].TenantId, 3, None);

        Assert.Equal(business, first.Concat(second).Select(row => row.TenantId));
        Assert.Equal(system, await store.GetSystemTenantAsync(None));
    }

    [Fact]
    public async Task A_key_is_found_byte_by_byte_until_it_is_revoked_and_after()
    {
        var store = Get<IApiKeyStore>();
        var tenant = await Given.StoredTenantAsync();
        var key = new ApiKeyRow
        {
            TenantId = tenant,
            KeyId = "0aBc",
            SecretHash = [0, 255, 7],
            DisplayName = "Shop",
            Scopes = ApiScopes.TenantRead | ApiScopes.Send,
            CreateTime = Now,
            RevokeTime = null,
        };

        Assert.False(await store.AnyAsync(None));
        Assert.True(await store.InsertAsync(key, None));
        Assert.False(await store.InsertAsync(key with { TenantId = await Given.StoredTenantAsync() }, None));
        Assert.True(await store.AnyAsync(None));

        var found = Assert.IsType<ApiKeyRow>(await store.FindAsync("0aBc", None));
        Assert.Equal(key with { SecretHash = found.SecretHash }, found);
        Assert.Equal(key.SecretHash, found.SecretHash);
        Assert.Null(await store.FindAsync("0abc", None));
        Assert.False(await store.RevokeAsync(Ids.New<TenantId>(), "0aBc", Now, None));
        Assert.True(await store.RevokeAsync(tenant, "0aBc", Now, None));
        Assert.False(await store.RevokeAsync(tenant, "0aBc", Now.AddDays(1), None));
        Assert.Equal(Now, (await store.FindAsync("0aBc", None))?.RevokeTime);
        Assert.Single(await store.ListAsync(tenant, None));
    }

    [Fact]
    public async Task Of_admin_keys_that_are_revoked_at_once_one_stays()
    {
        var tenant = await Given.StoredTenantAsync();
        var store = Get<IApiKeyStore>();
        string[] admins = ["admin-a", "admin-b", "admin-c"];
        foreach (var key in admins.Append("reader"))
        {
            await store.InsertAsync(
                new ApiKeyRow
                {
                    TenantId = tenant,
                    KeyId = key,
                    SecretHash = [1],
                    DisplayName = key,
                    Scopes = key == "reader" ? ApiScopes.TenantRead : ApiScopes.Admin,
                    CreateTime = Now,
                    RevokeTime = null,
                },
                None);
        }

        var outcomes = await Task.WhenAll(admins.Select(key => Task.Run(() => store.RevokeUnlessLastAdminAsync(tenant, key, Now, None))));

        Assert.Equal(2, outcomes.Count(outcome => outcome == ApiKeyRevocation.Revoked));
        Assert.Single(outcomes, outcome => outcome == ApiKeyRevocation.LastAdminKey);
        Assert.Equal(ApiKeyRevocation.Revoked, await store.RevokeUnlessLastAdminAsync(tenant, "reader", Now, None));
        Assert.Equal(ApiKeyRevocation.NothingToRevoke, await store.RevokeUnlessLastAdminAsync(tenant, "reader", Now, None));
        Assert.Single(await store.ListAsync(tenant, None), row => row.RevokeTime is null);
    }

    [Fact]
    public async Task A_number_belongs_to_one_sender_of_one_tenant()
    {
        var store = Get<ISenderStore>();
        var (a, b) = (await Given.StoredTenantAsync(), await Given.StoredTenantAsync());
        var row = await Given.StoredSenderAsync(a);

        Assert.Equal(SenderInsertResult.IdExists, await store.InsertAsync(row with { PhoneNumberId = "other" }, None));
        Assert.Equal(SenderInsertResult.PhoneNumberTaken, await store.InsertAsync(Given.Sender(b) with { PhoneNumberId = row.PhoneNumberId }, None));

        var found = Assert.IsType<SenderRow>(await store.FindByPhoneNumberIdAsync(row.PhoneNumberId, None));
        Assert.Equal(row with { TokenCipher = found.TokenCipher }, found);
        Assert.Equal(row.TokenCipher, found.TokenCipher);
        Assert.Null(await store.FindByPhoneNumberIdAsync(row.PhoneNumberId.ToUpperInvariant(), None));
    }

    [Fact]
    public async Task Active_senders_of_all_tenants_are_listed_for_delivery()
    {
        var store = Get<ISenderStore>();
        var (a, b) = (await Given.StoredTenantAsync(), await Given.StoredTenantAsync());
        var active = await Given.StoredSenderAsync(a);
        var throttled = await Given.StoredSenderAsync(b);
        var pending = Given.Sender(b) with { State = SenderState.Pending, TokenCipher = null, WabaId = "waba-2" };
        await store.InsertAsync(pending, None);

        var updated = await store.UpdateAsync(throttled with { State = SenderState.Throttled, StateReason = "130429" }, None);

        Assert.Equal((2, "130429"), (updated?.Version, updated?.StateReason));
        Assert.Null(await store.UpdateAsync(throttled, None));
        Assert.Equal([active.SenderId, throttled.SenderId], (await store.ListActiveAsync(None)).Select(row => row.SenderId));
        Assert.Equal(2, (await store.ListByWabaAsync("waba-1", None)).Count);
        Assert.Equal([throttled.SenderId, pending.SenderId], (await store.ListAsync(b, null, 10, None)).Select(row => row.SenderId));
        Assert.Null((await store.GetAsync(b, pending.SenderId, None))?.TokenCipher);
    }

    [Fact]
    public async Task A_sender_keeps_the_countries_that_are_closed_to_it()
    {
        var store = Get<ISenderStore>();
        var sender = await Given.StoredSenderAsync(await Given.StoredTenantAsync());
        Assert.Same(ClosedCountries.None, sender.ClosedCountries);

        var closed = ClosedCountries.None.With("53", Now, Now).With("US.", Now, Now);
        await store.UpdateAsync(sender with { ClosedCountries = closed }, None);

        Assert.Equal(closed, Assert.Single(await store.ListActiveAsync(None)).ClosedCountries);
    }

    [Fact]
    public async Task A_link_code_works_once_and_only_while_it_is_alive()
    {
        var store = Get<IOwnerStore>();
        var tenant = await Given.StoredTenantAsync();
        byte[] code = [1, 2, 3];
        Task<bool> CreateAsync(OwnerRole role) => store.CreateLinkCodeAsync(tenant, code, role, "es", Now, Now.AddMinutes(10), None);
        Task<OwnerRow?> RedeemAsync(string phone) => store.RedeemLinkCodeAsync(code, phone, Ids.New<OwnerId>(), Now, None);

        Assert.Null(await RedeemAsync("34600"));
        Assert.True(await CreateAsync(OwnerRole.Manager));
        Assert.False(await CreateAsync(OwnerRole.Owner));
        var redeemed = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => Task.Run(() => RedeemAsync($"3460{i}"))));
        Assert.Equal(OwnerRole.Manager, Assert.Single(redeemed, row => row is not null)?.Role);
        Assert.True(await CreateAsync(OwnerRole.Owner));
        Time.Advance(TimeSpan.FromMinutes(10));
        Assert.Null(await RedeemAsync("34600"));
    }

    [Fact]
    public async Task Linking_again_changes_the_role_and_removing_unlinks_for_good()
    {
        var store = Get<IOwnerStore>();
        var (tenant, second) = (await Given.StoredTenantAsync(), await Given.StoredTenantAsync());
        async Task<OwnerRow> LinkAsync(TenantId to, byte code, OwnerRole role)
        {
            Assert.True(await store.CreateLinkCodeAsync(to, [code], role, "es", Now, Now.AddMinutes(10), None));
            return Assert.IsType<OwnerRow>(await store.RedeemLinkCodeAsync([code], "34600", Ids.New<OwnerId>(), Now, None));
        }

        var first = await LinkAsync(tenant, 1, OwnerRole.Viewer);
        var again = await LinkAsync(tenant, 2, OwnerRole.Owner);
        var elsewhere = await LinkAsync(second, 3, OwnerRole.Viewer);

        Assert.Equal(first with { Role = OwnerRole.Owner }, again);
        Assert.Equal([again, elsewhere], await store.FindByPhoneAsync("34600", None));
        Assert.True(await store.SetLanguageAsync(tenant, first.OwnerId, "en", None));
        Assert.False(await store.RemoveAsync(second, first.OwnerId, Now, None));
        Assert.True(await store.RemoveAsync(tenant, first.OwnerId, Now, None));
        Assert.False(await store.RemoveAsync(tenant, first.OwnerId, Now, None));
        Assert.Empty(await store.ListAsync(tenant, None));
        Assert.Equal((Now, "en"), ((await store.GetAsync(tenant, first.OwnerId, None))?.RemoveTime, (await store.GetAsync(tenant, first.OwnerId, None))?.Language));
        Assert.NotEqual(first.OwnerId, (await LinkAsync(tenant, 4, OwnerRole.Owner)).OwnerId);
    }
}

public sealed class SqliteTenantTests() : TenantTests(DatabaseProvider.Sqlite);

public sealed class PostgreSqlTenantTests() : TenantTests(DatabaseProvider.PostgreSql);

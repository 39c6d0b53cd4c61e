using Herald.Domain.Tenants;
using Herald.Storage.Audit;
using Herald.Storage.Keys;
using Herald.Storage.Requests;

namespace Herald.Storage.Conformance.Requests;

public abstract class RequestTests(DatabaseProvider provider) : ConformanceTest(provider)
{
    private IIdempotencyStore Store => Get<IIdempotencyStore>();

    [Fact]
    public async Task A_repeated_request_gets_the_first_resource_and_the_first_answer()
    {
        var tenant = Ids.New<TenantId>();
        var first = await BeginAsync(tenant, "r1", "m", [1]);
        var running = await BeginAsync(tenant, "r1", "m", [1]);
        await Store.CompleteAsync(tenant, "r1", [7, 0, 255], None);
        await Store.CompleteAsync(tenant, "r1", [8], None);
        var answered = await BeginAsync(tenant, "r1", "m", [1]);

        Assert.Equal((true, true), (first.IsNew, first.SameContent));
        Assert.Equal((false, first.ResourceId, true), (running.IsNew, running.ResourceId, running.SameContent));
        Assert.Null(running.Response);
        Assert.Equal(first.ResourceId, answered.ResourceId);
        Assert.Equal([7, 0, 255], answered.Response!);
    }

    [Fact]
    public async Task An_id_used_for_something_else_is_told_and_ids_are_per_tenant()
    {
        var tenant = Ids.New<TenantId>();
        await BeginAsync(tenant, "r1", "m", [1]);

        Assert.False((await BeginAsync(tenant, "r1", "m", [2])).SameContent);
        Assert.False((await BeginAsync(tenant, "r1", "other", [1])).SameContent);
        Assert.True((await BeginAsync(tenant, "R1", "m", [1])).IsNew);
        Assert.True((await BeginAsync(Ids.New<TenantId>(), "r1", "m", [1])).IsNew);
    }

    [Fact]
    public async Task Of_requests_at_once_with_one_id_one_is_new_and_all_have_one_resource()
    {
        var tenant = Ids.New<TenantId>();

        var begun = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => BeginAsync(tenant, "r1", "m", [1]))));

        Assert.Single(begun, request => request.IsNew);
        Assert.Single(begun.Select(request => request.ResourceId).Distinct());
    }

    [Fact]
    public async Task A_refused_request_can_be_made_anew_and_an_answered_one_stays_until_it_is_purged()
    {
        var tenant = Ids.New<TenantId>();
        await BeginAsync(tenant, "r1", "m", [1]);
        await Store.AbandonAsync(tenant, "r1", None);
        Assert.True((await BeginAsync(tenant, "r1", "m", [2])).IsNew);
        await Store.CompleteAsync(tenant, "r1", [], None);
        await Store.AbandonAsync(tenant, "r1", None);
        Assert.NotNull((await BeginAsync(tenant, "r1", "m", [2])).Response);

        Assert.Equal(0, await Store.PurgeAsync(Now, 10, None));
        Assert.Equal(1, await Store.PurgeAsync(Now.AddSeconds(1), 10, None));
        Assert.True((await BeginAsync(tenant, "r1", "m", [2])).IsNew);
    }

    [Fact]
    public async Task The_audit_log_is_listed_newest_first_page_by_page()
    {
        var store = Get<IAuditStore>();
        var tenant = Ids.New<TenantId>();
        List<AuditRow> rows = [];
        for (var i = 0; i < 5; i++)
        {
            rows.Add(new AuditRow
            {
                TenantId = tenant,
                AuditId = Ids.NewId(),
                Time = Now.AddTicks(10 * i),
                Actor = "keys/1",
                Action = "LaunchCampaign",
                Resource = $"campaigns/{i}",
                Outcome = "OK",
                Peer = "",
                Detail = "{}",
            });
            await store.AppendAsync(rows[^1], None);
        }
        await store.AppendAsync(rows[0] with { Outcome = "changed" }, None);

        var first = await store.ListAsync(tenant, null, 3, None);
        var second = await store.ListAsync(tenant, first[^1].AuditId, 3, None);

        Assert.Equal(Enumerable.Reverse(rows), first.Concat(second));
        Assert.Empty(await store.ListAsync(Ids.New<TenantId>(), null, 3, None));
    }

    [Fact]
    public async Task The_key_ring_keeps_the_first_element_of_a_name()
    {
        var store = Get<IDataProtectionKeyStore>();
        await store.InsertAsync(new DataProtectionKeyRow { KeyId = "key-1", Xml = "<key/>" }, None);
        await store.InsertAsync(new DataProtectionKeyRow { KeyId = "key-1", Xml = "<other/>" }, None);

        Assert.Equal([new DataProtectionKeyRow { KeyId = "key-1", Xml = "<key/>" }], await store.GetAllAsync(None));
    }

    private Task<IdempotentRequest> BeginAsync(TenantId tenant, string id, string method, byte[] hash) =>
        Store.BeginAsync(tenant, id, method, hash, Ids.NewId(), Now, None);
}

public sealed class SqliteRequestTests() : RequestTests(DatabaseProvider.Sqlite);

public sealed class PostgreSqlRequestTests() : RequestTests(DatabaseProvider.PostgreSql);

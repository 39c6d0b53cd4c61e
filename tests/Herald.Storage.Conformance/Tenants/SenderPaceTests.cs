using Herald.Domain.Templates;
using Herald.Storage.Leases;
using Herald.Storage.Tenants;

namespace Herald.Storage.Conformance.Tenants;

public abstract class SenderPaceTests(DatabaseProvider provider) : ConformanceTest(provider)
{
    private ISenderPaceStore Store => Get<ISenderPaceStore>();

    [Fact]
    public async Task What_the_owner_wrote_is_read_back_and_written_over()
    {
        var scene = await Given.SceneAsync(TemplateCategory.Marketing, 1);
        var other = await Given.SceneAsync(TemplateCategory.Marketing, 1);
        var first = Row(scene);
        var second = first with { Rate = 40, HoldTime = null, Pairs = "{}", UpdateTime = Now.AddSeconds(1) };

        Assert.Equal(2, await Store.SaveAsync([first, Row(other)], Given.Node, None));
        Assert.Equal(first, Assert.Single(await Store.ListAsync([scene.Sender], None)));
        Assert.Equal(1, await Store.SaveAsync([second], Given.Node, None));

        Assert.Equal(second, Assert.Single(await Store.ListAsync([scene.Sender], None)));
        Assert.Equal(2, (await Store.ListAsync([scene.Sender, other.Sender], None)).Count);
        Assert.Empty(await Store.ListAsync([], None));
    }

    [Fact]
    public async Task A_node_that_lost_the_sender_writes_nothing()
    {
        var scene = await Given.SceneAsync(TemplateCategory.Marketing, 1);
        var leases = Get<ILeaseStore>();
        var name = LeaseNames.Sender(scene.Tenant, scene.Sender);
        await leases.ReleaseManyAsync(await leases.ListAsync(name, None), None);
        var epoch = Assert.Single(await leases.AcquireManyAsync([name], "b", TimeSpan.FromSeconds(10), None)).Epoch;

        var stale = await Store.SaveAsync([Row(scene)], Given.Node, None);
        var strange = await Store.SaveAsync([Row(scene) with { Epoch = epoch }], Given.Node, None);
        var owner = await Store.SaveAsync([Row(scene) with { Epoch = epoch }], "b", None);

        Assert.Equal((0, 0, 1), (stale, strange, owner));
    }

    private SenderPaceRow Row(Scene scene) => new()
    {
        TenantId = scene.Tenant,
        SenderId = scene.Sender,
        Epoch = scene.Epoch,
        Rate = 12.5,
        HoldTime = Now.AddSeconds(20),
        Pairs = """{"0199a0d2-0000-7000-8000-000000000001":1767600000000000}""",
        LevelTime = Now.AddHours(-1),
        UpdateTime = Now,
    };
}

public sealed class SqliteSenderPaceTests() : SenderPaceTests(DatabaseProvider.Sqlite);

public sealed class PostgreSqlSenderPaceTests() : SenderPaceTests(DatabaseProvider.PostgreSql);

using Herald.Domain.Templates;
using Herald.Storage.Campaigns;
using Herald.Storage.Templates;

namespace Herald.Storage.Conformance.Templates;

public abstract class TemplateTests(DatabaseProvider provider) : ConformanceTest(provider)
{
    private ITemplateStore Store => Get<ITemplateStore>();

    [Fact]
    public async Task A_template_is_stored_as_it_is_and_unique_by_account_name_and_language()
    {
        var tenant = await Given.StoredTenantAsync();
        var row = Given.Template(tenant, TemplateCategory.Utility) with { Definition = """{"body":"¡Hola {{1}}! 🎉"}""" };

        Assert.Equal(TemplateInsertResult.Inserted, await Store.InsertAsync(row, None));
        Assert.Equal(TemplateInsertResult.IdExists, await Store.InsertAsync(row with { Name = "x" }, None));
        Assert.Equal(TemplateInsertResult.NameTaken, await Store.InsertAsync(row with { TemplateId = Ids.New<TemplateId>() }, None));
        Assert.Equal(TemplateInsertResult.Inserted, await Store.InsertAsync(row with { TemplateId = Ids.New<TemplateId>(), Language = "en" }, None));

        Assert.Equal(row, await Store.GetAsync(tenant, row.TemplateId, None));
        Assert.Equal([row], await Store.FindByNameAsync(row.WabaId, row.Name, "es", None));
    }

    [Fact]
    public async Task Updates_and_removals_need_the_version_that_was_read()
    {
        var tenant = await Given.StoredTenantAsync();
        var row = Given.Template(tenant, TemplateCategory.Utility) with { State = TemplateState.Pending };
        await Store.InsertAsync(row, None);

        var approved = await Store.UpdateAsync(row with { State = TemplateState.Approved, MetaTemplateId = "99", Quality = "GREEN" }, None);

        Assert.Equal((2, "99"), (approved?.Version, approved?.MetaTemplateId));
        Assert.Null(await Store.UpdateAsync(row, None));
        Assert.Equal([row.TemplateId], (await Store.FindByMetaIdAsync("99", None)).Select(found => found.TemplateId));
        Assert.Equal([row.TemplateId], (await Store.ListAsync(tenant, TemplateState.Approved, null, 10, None)).Select(found => found.TemplateId));
        Assert.Empty(await Store.ListAsync(tenant, TemplateState.Pending, null, 10, None));
        Assert.False(await Store.DeleteAsync(tenant, row.TemplateId, 1, None));
        Assert.True(await Store.DeleteAsync(tenant, row.TemplateId, 2, None));
        Assert.Null(await Store.GetAsync(tenant, row.TemplateId, None));
    }

    [Fact]
    public async Task A_template_is_kept_while_a_campaign_needs_it()
    {
        var scene = await Given.SceneAsync(TemplateCategory.Utility, 0);

        Assert.False(await Store.DeleteAsync(scene.Tenant, scene.Template, 1, None));
        await Get<ICampaignStore>().CompleteAsync(scene.Tenant, scene.Campaign, Now, None);
        await Given.PrepareAsync(scene, 1);
        Assert.True(await Get<ICampaignStore>().CompleteAsync(scene.Tenant, scene.Campaign, Now, None));
        Assert.True(await Store.DeleteAsync(scene.Tenant, scene.Template, 1, None));
    }
}

public sealed class SqliteTemplateTests() : TemplateTests(DatabaseProvider.Sqlite);

public sealed class PostgreSqlTemplateTests() : TemplateTests(DatabaseProvider.PostgreSql);

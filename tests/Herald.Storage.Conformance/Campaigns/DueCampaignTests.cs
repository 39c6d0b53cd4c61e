using Herald.Domain.Campaigns;
using Herald.Domain.Consents;
using Herald.Domain.Templates;
using Herald.Storage.Campaigns;
using Herald.Storage.Messages;

namespace Herald.Storage.Conformance.Campaigns;

public abstract class DueCampaignTests(DatabaseProvider provider) : ConformanceTest(provider)
{
    private ICampaignStore Store => Get<ICampaignStore>();

    [Fact]
    public async Task A_running_campaign_is_due_until_it_is_frozen_and_again_when_nothing_of_it_is_open()
    {
        var scene = await Given.SceneAsync(TemplateCategory.Marketing, 1);
        await Given.RecordAsync(scene.Tenant, scene.Contacts[0], ConsentAction.Grant);

        var unfrozen = await DueAsync();
        await Given.PrepareAsync(scene, 10);
        var queued = await DueAsync();
        var message = Assert.Single((await Get<IMessageStore>().ClaimAsync(Given.Claim(scene, 10), None)).Messages);
        var claimed = await DueAsync();
        await Get<IMessageStore>().SettleAsync([Given.Accepted(scene, message)], None);
        var settled = await DueAsync();

        Assert.Equal([scene.Campaign], unfrozen);
        Assert.Empty(queued.Concat(claimed));
        Assert.Equal([scene.Campaign], settled);
    }

    [Fact]
    public async Task Scheduled_campaigns_are_due_at_their_time_and_paused_ones_never()
    {
        var scene = await Given.SceneAsync(TemplateCategory.Marketing, 1);
        var campaign = Assert.IsType<CampaignRow>(await Store.GetAsync(scene.Tenant, scene.Campaign, None));
        var paused = Assert.IsType<CampaignRow>(
            await Store.UpdateAsync(campaign with { State = CampaignState.Paused, PauseCause = PauseCause.Owner }, None));
        var whilePaused = await DueAsync();
        await Store.UpdateAsync(paused with { State = CampaignState.Scheduled, PauseCause = PauseCause.None, ScheduleTime = Now.AddSeconds(1) }, None);

        var early = await Store.ListDueAsync(Now, None);
        var due = await Store.ListDueAsync(Now.AddSeconds(1), None);

        Assert.Empty(whilePaused);
        Assert.Empty(early);
        Assert.Equal(scene.Campaign, Assert.Single(due).CampaignId);
    }

    private async Task<List<CampaignId>> DueAsync() => [.. (await Store.ListDueAsync(Now, None)).Select(row => row.CampaignId)];
}

public sealed class SqliteDueCampaignTests() : DueCampaignTests(DatabaseProvider.Sqlite);

public sealed class PostgreSqlDueCampaignTests() : DueCampaignTests(DatabaseProvider.PostgreSql);

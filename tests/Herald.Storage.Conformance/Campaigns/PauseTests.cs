using Herald.Domain.Campaigns;
using Herald.Domain.Senders;
using Herald.Domain.Templates;
using Herald.Storage.Campaigns;
using Herald.Storage.Templates;
using Herald.Storage.Tenants;

namespace Herald.Storage.Conformance.Campaigns;

/// <summary>Which campaigns a failure stops, which go on after it, and which senders are looked at.</summary>
public abstract class PauseTests(DatabaseProvider provider) : ConformanceTest(provider)
{
    private ICampaignStore Campaigns => Get<ICampaignStore>();

    private ISenderStore Senders => Get<ISenderStore>();

    [Fact]
    public async Task Only_running_campaigns_of_the_sender_are_listed_as_running()
    {
        var scene = await Given.SceneAsync(TemplateCategory.Marketing, 1);
        await Given.SceneAsync(TemplateCategory.Marketing, 1);

        Assert.Equal([scene.Campaign], (await Campaigns.ListRunningAsync(scene.Tenant, scene.Sender, None)).Select(row => row.CampaignId));
        await PauseAsync(scene, PauseCause.Owner);

        Assert.Empty(await Campaigns.ListRunningAsync(scene.Tenant, scene.Sender, None));
    }

    [Theory]
    [InlineData(PauseCause.SenderUnavailable, true)]
    [InlineData(PauseCause.TokenInvalid, true)]
    [InlineData(PauseCause.Owner, false)]
    [InlineData(PauseCause.QualityGuard, false)]
    public async Task What_a_stopped_sender_paused_can_go_on_once_the_sender_came_back(PauseCause cause, bool isLiftable)
    {
        var scene = await Given.SceneAsync(TemplateCategory.Marketing, 1);
        await MoveAsync(scene, SenderState.Restricted);
        await PauseAsync(scene, cause);

        Assert.Empty(await Campaigns.ListLiftableAsync(10, None));
        Time.Advance(TimeSpan.FromMinutes(1));
        await MoveAsync(scene, SenderState.Active);

        Assert.Equal(isLiftable ? 1 : 0, (await Campaigns.ListLiftableAsync(10, None)).Count);
    }

    [Fact]
    public async Task What_a_template_paused_can_go_on_once_the_template_was_approved_again()
    {
        var scene = await Given.SceneAsync(TemplateCategory.Marketing, 1);
        await PauseAsync(scene, PauseCause.TemplatePaused);

        Assert.Empty(await Campaigns.ListLiftableAsync(10, None));
        Time.Advance(TimeSpan.FromMinutes(1));
        var template = await Get<ITemplateStore>().GetAsync(scene.Tenant, scene.Template, None);
        await Get<ITemplateStore>().UpdateAsync(template! with { UpdateTime = Now }, None);

        Assert.Equal(scene.Campaign, Assert.Single(await Campaigns.ListLiftableAsync(10, None)).CampaignId);
    }

    [Fact]
    public async Task A_running_campaign_is_stopped_while_its_template_is_not_approved_or_its_sender_cannot_send()
    {
        var scene = await Given.SceneAsync(TemplateCategory.Marketing, 1);
        var templates = Get<ITemplateStore>();
        var template = Assert.IsType<TemplateRow>(await templates.GetAsync(scene.Tenant, scene.Template, None));
        async Task<int> StoppedAsync() => (await Campaigns.ListStoppedAsync(10, None)).Count(row => row.CampaignId == scene.Campaign);

        Assert.Equal(0, await StoppedAsync());
        await MoveAsync(scene, SenderState.Throttled);
        Assert.Equal(0, await StoppedAsync());
        await MoveAsync(scene, SenderState.Disconnected);
        Assert.Equal(1, await StoppedAsync());
        await MoveAsync(scene, SenderState.Active);
        template = Assert.IsType<TemplateRow>(await templates.UpdateAsync(template with { State = TemplateState.Disabled }, None));
        Assert.Equal(1, await StoppedAsync());
        Assert.Empty(await Campaigns.ListStoppedAsync(0, None));
        await PauseAsync(scene, PauseCause.TemplatePaused);
        Assert.Equal(0, await StoppedAsync());
    }

    [Fact]
    public async Task A_sender_knows_since_when_it_is_in_its_state_and_only_a_stopped_one_is_looked_at()
    {
        var scene = await Given.SceneAsync(TemplateCategory.Marketing, 1);
        Time.Advance(TimeSpan.FromMinutes(1));
        var restricted = await MoveAsync(scene, SenderState.Restricted);

        Assert.Equal((Now, Now), (restricted.StateTime, restricted.CheckTime));
        Assert.Empty(await Senders.ListToCheckAsync(Now.AddTicks(-10), 10, None));
        Assert.Equal(scene.Sender, Assert.Single(await Senders.ListToCheckAsync(Now, 10, None)).SenderId);
        Time.Advance(TimeSpan.FromMinutes(1));
        var same = await Senders.UpdateAsync(restricted with { QualityRating = "RED", UpdateTime = Now }, None);
        Assert.Equal(restricted.StateTime, same?.StateTime);
        var active = await MoveAsync(scene, SenderState.Active);

        Assert.Equal((Now, null), (active.StateTime, active.CheckTime));
        Assert.Empty(await Senders.ListToCheckAsync(Now, 10, None));
    }

    private async Task<SenderRow> MoveAsync(Scene scene, SenderState state)
    {
        var row = await Senders.GetAsync(scene.Tenant, scene.Sender, None);
        return Assert.IsType<SenderRow>(await Senders.UpdateAsync(row! with { State = state, CheckTime = Now, UpdateTime = Now }, None));
    }

    private async Task PauseAsync(Scene scene, PauseCause cause)
    {
        var row = await Campaigns.GetAsync(scene.Tenant, scene.Campaign, None);
        await Campaigns.UpdateAsync(row! with { State = CampaignState.Paused, PauseCause = cause, PauseActor = "herald", UpdateTime = Now }, None);
    }
}

public sealed class SqlitePauseTests() : PauseTests(DatabaseProvider.Sqlite);

public sealed class PostgreSqlPauseTests() : PauseTests(DatabaseProvider.PostgreSql);

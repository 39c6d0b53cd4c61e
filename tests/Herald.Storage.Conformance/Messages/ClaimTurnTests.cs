using Herald.Domain.Campaigns;
using Herald.Domain.Messages;
using Herald.Domain.Senders;
using Herald.Domain.Templates;
using Herald.Storage.Campaigns;
using Herald.Storage.Messages;
using Herald.Storage.Templates;
using Herald.Storage.Tenants;

namespace Herald.Storage.Conformance.Messages;

/// <summary>Whose messages a claim takes: in fair turns between campaigns, and only what may go now.</summary>
public abstract class ClaimTurnTests(DatabaseProvider provider) : ConformanceTest(provider)
{
    private IMessageStore Messages => Get<IMessageStore>();

    [Fact]
    public async Task Campaigns_of_a_sender_take_turns_within_a_claim()
    {
        var scene = await Given.QueuedSceneAsync(30);
        var second = await AddCampaignAsync(scene);

        var claimed = (await Messages.ClaimAsync(Given.Claim(scene, 20), None)).Messages;

        Assert.Equal(10, claimed.Count(message => message.CampaignId == second));
        Assert.All(Enumerable.Range(0, 10), i => Assert.NotEqual(claimed[2 * i].CampaignId, claimed[(2 * i) + 1].CampaignId));
    }

    [Fact]
    public async Task Claims_of_one_message_go_round_all_campaigns_and_messages_without_one()
    {
        var scene = await Given.QueuedSceneAsync(9);
        var second = await AddCampaignAsync(scene);
        var third = await AddCampaignAsync(scene);
        await Messages.EnqueueAsync([.. Enumerable.Range(0, 9).Select(i => Given.Reply(scene.Tenant, scene.Contacts[i], scene.Sender) with
        {
            Class = MessageClass.Marketing,
        })], None);

        List<CampaignId?> turns = [];
        CampaignId? last = null;
        for (var i = 0; i < 8; i++)
        {
            last = Assert.Single((await Messages.ClaimAsync(Given.Claim(scene, 1) with { After = last }, None)).Messages).CampaignId;
            turns.Add(last);
        }

        Assert.Equal(4, turns.Take(4).Distinct().Count());
        Assert.Equal(turns.Take(4), turns.Skip(4));
        Assert.Superset(new HashSet<CampaignId?> { second, third }, turns.ToHashSet());
    }

    [Fact]
    public async Task A_campaign_that_ran_dry_leaves_its_turns_to_the_others()
    {
        var scene = await Given.QueuedSceneAsync(12);
        var second = await AddCampaignAsync(scene);
        await Messages.ClaimAsync(Given.Claim(scene, 20), None);

        var rest = await Messages.ClaimAsync(Given.Claim(scene, 10) with { After = second }, None);

        Assert.Equal(4, rest.Messages.Count);
    }

    [Theory]
    [InlineData(SenderState.Restricted, true)]
    [InlineData(SenderState.Disconnected, true)]
    [InlineData(SenderState.Throttled, false)]
    public async Task A_sender_that_may_not_send_claims_nothing_from_the_moment_that_is_written(SenderState state, bool isStopped)
    {
        var scene = await Given.QueuedSceneAsync(1);
        var senders = Get<ISenderStore>();
        var row = Assert.IsType<SenderRow>(await senders.GetAsync(scene.Tenant, scene.Sender, None));
        Assert.NotNull(await senders.UpdateAsync(row with { State = state }, None));

        var claim = await Messages.ClaimAsync(Given.Claim(scene, 10), None);

        Assert.Equal((isStopped, false, isStopped ? 0 : 1), (claim.SenderStopped, claim.LeaseLost, claim.Messages.Count));
    }

    [Theory]
    [InlineData(TemplateState.Paused)]
    [InlineData(TemplateState.Rejected)]
    public async Task A_campaign_waits_while_its_template_is_not_approved(TemplateState state)
    {
        var scene = await Given.QueuedSceneAsync(2);
        var stopped = await MoveTemplateAsync(scene, state);

        var meanwhile = await Messages.ClaimAsync(Given.Claim(scene, 10), None);
        var dueMeanwhile = await Messages.ListDueAsync(Now, None);
        Assert.NotNull(await Get<ITemplateStore>().UpdateAsync(stopped with { State = TemplateState.Approved }, None));
        var afterwards = await Messages.ClaimAsync(Given.Claim(scene, 10), None);

        Assert.Equal((0, 0, false), (meanwhile.Messages.Count, meanwhile.Suppressed, meanwhile.SenderStopped));
        Assert.Empty(dueMeanwhile);
        Assert.Equal(2, afterwards.Messages.Count);
    }

    [Fact]
    public async Task Who_has_something_due_is_told_with_the_first_due_time()
    {
        var scene = await Given.QueuedSceneAsync(3);
        var later = await Given.StoredSenderAsync(scene.Tenant);
        var elsewhere = await Given.StoredTenantAsync();
        var foreign = await Given.StoredSenderAsync(elsewhere);
        var idle = await Given.StoredSenderAsync(elsewhere);
        var person = await Given.StoredContactAsync(elsewhere);
        await Messages.EnqueueAsync(
        [
            Given.Reply(scene.Tenant, scene.Contacts[0], later.SenderId) with { DueTime = Now.AddSeconds(3) },
            Given.Reply(scene.Tenant, scene.Contacts[1], later.SenderId) with { DueTime = Now.AddSeconds(2), Class = MessageClass.Utility },
            Given.Reply(elsewhere, person, foreign.SenderId) with { DueTime = Now.AddMinutes(1) },
        ], None);

        var due = await Messages.ListDueAsync(Now.AddSeconds(5), None);

        Assert.Equal(
            new[] { (scene.Sender, Now), (later.SenderId, Now.AddSeconds(2)) }.OrderBy(pair => pair.Item1.Value),
            due.Select(row => (row.SenderId, row.DueTime)).OrderBy(pair => pair.SenderId.Value));
        Assert.DoesNotContain(due, row => row.SenderId == idle.SenderId);
        Assert.Contains(await Messages.ListDueAsync(Now.AddMinutes(1), None), row => row.SenderId == foreign.SenderId && row.TenantId == elsewhere);
    }

    [Fact]
    public async Task A_paused_campaign_is_not_due()
    {
        var scene = await Given.QueuedSceneAsync(3);
        var campaigns = Get<ICampaignStore>();
        var running = Assert.IsType<CampaignRow>(await campaigns.GetAsync(scene.Tenant, scene.Campaign, None));
        Assert.NotNull(await campaigns.UpdateAsync(running with { State = CampaignState.Paused, PauseCause = PauseCause.Owner }, None));

        Assert.Empty(await Messages.ListDueAsync(Now.AddDays(1), None));
    }

    private async Task<TemplateRow> MoveTemplateAsync(Scene scene, TemplateState state)
    {
        var templates = Get<ITemplateStore>();
        var row = Assert.IsType<TemplateRow>(await templates.GetAsync(scene.Tenant, scene.Template, None));
        return Assert.IsType<TemplateRow>(await templates.UpdateAsync(row with { State = state }, None));
    }

    /// <summary>Another running campaign of the scene's sender to the same people, frozen.</summary>
    private async Task<CampaignId> AddCampaignAsync(Scene scene)
    {
        var campaign = Given.Campaign(scene.Tenant, scene.Sender, scene.Template, scene.List);
        Assert.Equal(CampaignInsertResult.Inserted, await Get<ICampaignStore>().InsertAsync(campaign, None));
        await Given.PrepareAsync(scene with { Campaign = campaign.CampaignId }, 1_000);
        return campaign.CampaignId;
    }
}

public sealed class SqliteClaimTurnTests() : ClaimTurnTests(DatabaseProvider.Sqlite);

public sealed class PostgreSqlClaimTurnTests() : ClaimTurnTests(DatabaseProvider.PostgreSql);

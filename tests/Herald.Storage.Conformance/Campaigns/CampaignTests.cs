using Herald.Domain.Campaigns;
using Herald.Domain.Consents;
using Herald.Domain.Contacts;
using Herald.Domain.Messages;
using Herald.Domain.Templates;
using Herald.Storage.Campaigns;
using Herald.Storage.Contacts;
using Herald.Storage.Messages;
using Microsoft.Extensions.DependencyInjection;

namespace Herald.Storage.Conformance.Campaigns;

public abstract class CampaignTests(DatabaseProvider provider) : ConformanceTest(provider)
{
    private ICampaignStore Store => Get<ICampaignStore>();

    private IMessageStore Messages => Get<IMessageStore>();

    [Fact]
    public async Task A_campaign_is_stored_as_it_is_and_updated_under_its_version()
    {
        var scene = await Given.SceneAsync(TemplateCategory.Marketing, 0);
        var row = await RowAsync(scene);

        var updated = await Store.UpdateAsync(
            row with { State = CampaignState.Paused, PauseCause = PauseCause.Owner, PauseActor = "owners/1", Recipients = 99, UpdateTime = Now.AddSeconds(1) }, None);

        Assert.Equal(row with { State = CampaignState.Paused, PauseCause = PauseCause.Owner, PauseActor = "owners/1", Version = 2, UpdateTime = Now.AddSeconds(1) }, updated);
        Assert.Null(await Store.UpdateAsync(row, None));
        Assert.Equal(CampaignInsertResult.IdExists, await Store.InsertAsync(row, None));
        await Assert.ThrowsAnyAsync<Exception>(() => Store.UpdateAsync(updated! with { State = CampaignState.Completed }, None));
    }

    [Fact]
    public async Task Lists_go_newest_first_and_live_campaigns_by_state_and_schedule()
    {
        var scene = await Given.SceneAsync(TemplateCategory.Marketing, 0);
        var row = await RowAsync(scene);
        async Task<CampaignId> AddAsync(CampaignState state, DateTimeOffset? schedule)
        {
            var added = row with { CampaignId = Ids.New<CampaignId>(), State = state, ScheduleTime = schedule };
            Assert.Equal(CampaignInsertResult.Inserted, await Store.InsertAsync(added, None));
            return added.CampaignId;
        }

        var due = await AddAsync(CampaignState.Scheduled, Now);
        var later = await AddAsync(CampaignState.Scheduled, Now.AddSeconds(1));
        var paused = await AddAsync(CampaignState.Paused, null);
        var draft = await AddAsync(CampaignState.Draft, null);

        var first = await Store.ListAsync(scene.Tenant, null, null, 3, None);
        var second = await Store.ListAsync(scene.Tenant, null, first[^1].CampaignId, 3, None);
        Assert.Equal([draft, paused, later, due, scene.Campaign], first.Concat(second).Select(campaign => campaign.CampaignId));
        Assert.Equal([later, due], (await Store.ListAsync(scene.Tenant, CampaignState.Scheduled, null, 9, None)).Select(campaign => campaign.CampaignId));
        var live = await Store.ListLiveAsync([CampaignState.Scheduled, CampaignState.Running, CampaignState.Paused], Now, None);
        Assert.Equal([scene.Campaign, due, paused], live.Select(campaign => campaign.CampaignId));
    }

    [Fact]
    public async Task An_audience_is_frozen_in_resumable_steps_with_the_reason_of_each_suppression()
    {
        var scene = await Given.SceneAsync(TemplateCategory.Marketing, 5);
        var contacts = scene.Contacts;
        await Given.RecordAsync(scene.Tenant, contacts[0], ConsentAction.Grant);
        await Given.RecordAsync(scene.Tenant, contacts[1], ConsentAction.Grant);
        await Given.RecordAsync(Given.Event(scene.Tenant, contacts[1], ConsentAction.Revoke) with { Scope = scene.Sender });
        await Given.RecordAsync(scene.Tenant, contacts[2], ConsentAction.Revoke);
        await Given.RecordAsync(scene.Tenant, contacts[4], ConsentAction.Grant);
        var noPhone = Assert.IsType<ContactRow>(await Get<IContactStore>().GetAsync(scene.Tenant, contacts[4], None));
        await Get<IContactStore>().UpdateAsync(noPhone with { Phone = null }, [], None);

        List<PrepareBatchResult> steps = [];
        while (steps.Count < 9 && steps.LastOrDefault() is not { Done: true })
            steps.Add(await Given.PrepareAsync(scene, 2));

        Assert.Equal([(2, false), (2, false), (1, true)], steps.Select(step => (step.Added, step.Done)));
        Assert.Equal((0, true), ((await Given.PrepareAsync(scene, 2)).Added, (await Given.PrepareAsync(scene, 2)).Done));
        var rows = await Messages.ListAsync(scene.Tenant, scene.Campaign, null, null, null, 10, None);
        Assert.Equal(
            [SuppressionReason.None, SuppressionReason.SenderPreference, SuppressionReason.OptedOut, SuppressionReason.NoOptIn, SuppressionReason.NoAddress],
            rows.Select(row => row.SuppressionReason));
        Assert.All(rows, row => Assert.Equal(row.State == MessageState.Suppressed, row.EndTime == Now));
        var campaign = await RowAsync(scene);
        Assert.Equal((5, true, contacts[4], 1), (campaign.Recipients, campaign.PrepareDone, campaign.PrepareCursor, campaign.Version));
    }

    [Fact]
    public async Task Freezing_by_two_nodes_at_once_makes_one_message_a_contact()
    {
        var scene = await Given.SceneAsync(TemplateCategory.Utility, 50);
        var stores = new[] { Store, Database.AddNode().GetRequiredService<ICampaignStore>() };

        var added = await Task.WhenAll(stores.Select(store => Task.Run(async () =>
        {
            var sum = 0;
            for (var step = 0; step < 20; step++)
                sum += (await store.PrepareBatchAsync(scene.Tenant, scene.Campaign, 7, Now, Ids.New<MessageId>, None)).Added;
            return sum;
        })));

        Assert.Equal(50, added.Sum());
        Assert.Equal(50, (await RowAsync(scene)).Recipients);
        Assert.Equal(50, (await Messages.ListAsync(scene.Tenant, scene.Campaign, null, null, null, 100, None)).Count);
    }

    [Fact]
    public async Task A_campaign_that_is_not_live_is_not_frozen()
    {
        var scene = await Given.SceneAsync(TemplateCategory.Utility, 1);
        await Store.UpdateAsync(await RowAsync(scene) with { State = CampaignState.Cancelled, EndTime = Now }, None);

        var step = await Given.PrepareAsync(scene, 10);

        Assert.Equal((0, true), (step.Added, step.Done));
    }

    [Fact]
    public async Task The_report_counts_what_the_messages_say()
    {
        var scene = await Given.QueuedSceneAsync(6);
        await Given.RecordAsync(Given.Event(scene.Tenant, scene.Contacts[5], ConsentAction.Revoke) with { CampaignId = scene.Campaign });
        var claimed = (await Messages.ClaimAsync(Given.Claim(scene, 4), None)).Messages;
        await Messages.SettleAsync([.. claimed.Select(message => Given.Accepted(scene, message))], None);
        await Messages.ApplyStatusesAsync(
            [
                Given.Status(scene, claimed[0].MessageId, MessageState.Read),
                Given.Status(scene, claimed[1].MessageId, MessageState.Delivered),
                Given.Status(scene, claimed[2].MessageId, MessageState.Sent),
                Given.Status(scene, claimed[2].MessageId, MessageState.Failed),
            ], None);

        var report = Assert.IsType<CampaignReportRow>(await Store.ReportAsync(scene.Tenant, scene.Campaign, None));

        Assert.Equal(6, report.Recipients);
        Assert.Equal(
            new Dictionary<MessageState, long>
            {
                [MessageState.Queued] = 1,
                [MessageState.Accepted] = 1,
                [MessageState.Delivered] = 1,
                [MessageState.Read] = 1,
                [MessageState.Failed] = 1,
                [MessageState.Suppressed] = 1,
            }, report.ByState);
        Assert.Equal((3, 2, 1, 1), (report.SentTotal, report.DeliveredTotal, report.ReadTotal, report.OptedOut));
        Assert.Equal(new Dictionary<int, long> { [131026] = 1 }, report.FailedByCode);
        Assert.Equal(new Dictionary<SuppressionReason, long> { [SuppressionReason.OptedOut] = 1 }, report.SuppressedByReason);
        Assert.Null(await Store.ReportAsync(scene.Tenant, Ids.New<CampaignId>(), None));
    }

    [Fact]
    public async Task A_campaign_completes_when_it_is_frozen_and_nothing_is_open()
    {
        var scene = await Given.QueuedSceneAsync(2);
        Task<bool> CompleteAsync() => Store.CompleteAsync(scene.Tenant, scene.Campaign, Now, None);

        Assert.False(await CompleteAsync());
        var claimed = (await Messages.ClaimAsync(Given.Claim(scene, 2), None)).Messages;
        Assert.False(await CompleteAsync());
        await Messages.SettleAsync([Given.Accepted(scene, claimed[0])], None);
        Assert.False(await CompleteAsync());
        await RunOutClaimsAsync();
        await Messages.ExpireClaimsAsync(10, None);
        await ExecuteAsync("UPDATE campaigns SET prepare_done = FALSE");
        Assert.False(await CompleteAsync());
        await ExecuteAsync("UPDATE campaigns SET prepare_done = TRUE");
        Assert.True(await CompleteAsync());
        Assert.False(await CompleteAsync());

        var row = await RowAsync(scene);
        Assert.Equal((CampaignState.Completed, Now, 2), (row.State, row.EndTime, row.Version));
    }

    [Fact]
    public async Task What_is_queued_is_cancelled_in_steps_and_orphans_are_swept_up()
    {
        var scene = await Given.QueuedSceneAsync(5);
        var untouched = await Given.QueuedSceneAsync(1);

        Assert.Equal(2, await Store.CancelQueuedAsync(scene.Tenant, scene.Campaign, Now, 2, None));
        Assert.Equal(0, await Store.CancelOrphansAsync(Now, 10, None));
        await Store.UpdateAsync(await RowAsync(scene) with { State = CampaignState.Cancelled, EndTime = Now }, None);
        Assert.Equal(2, await Store.CancelOrphansAsync(Now, 2, None));
        Assert.Equal(1, await Store.CancelOrphansAsync(Now, 2, None));
        Assert.Equal(0, await Store.CancelQueuedAsync(scene.Tenant, scene.Campaign, Now, 2, None));

        var rows = await Messages.ListAsync(scene.Tenant, scene.Campaign, null, null, null, 10, None);
        Assert.All(rows, row => Assert.Equal((MessageState.Cancelled, Now), (row.State, row.EndTime)));
        Assert.Single((await Messages.ClaimAsync(Given.Claim(untouched, 5), None)).Messages);
    }

    [Fact]
    public async Task Messages_are_listed_by_every_filter_page_by_page()
    {
        var scene = await Given.QueuedSceneAsync(5);
        await Messages.EnqueueAsync([Given.Reply(scene.Tenant, scene.Contacts[2], scene.Sender)], None);
        async Task<List<MessageRow>> AllAsync(CampaignId? campaign, ContactId? contact, MessageState? state)
        {
            List<MessageRow> all = [];
            IReadOnlyList<MessageRow> page;
            do
            {
                page = await Messages.ListAsync(scene.Tenant, campaign, contact, state, all.LastOrDefault()?.MessageId, 2, None);
                all.AddRange(page);
            }
            while (page.Count == 2);
            return all;
        }

        Assert.Equal(6, (await AllAsync(null, null, null)).DistinctBy(row => row.MessageId).Count());
        Assert.Equal(5, (await AllAsync(scene.Campaign, null, null)).DistinctBy(row => row.MessageId).Count());
        Assert.Equal(2, (await AllAsync(null, scene.Contacts[2], null)).Count);
        Assert.Single(await AllAsync(scene.Campaign, scene.Contacts[2], MessageState.Queued));
        Assert.Empty(await AllAsync(scene.Campaign, null, MessageState.Read));
    }

    private async Task<CampaignRow> RowAsync(Scene scene) => Assert.IsType<CampaignRow>(await Store.GetAsync(scene.Tenant, scene.Campaign, None));
}

public sealed class SqliteCampaignTests() : CampaignTests(DatabaseProvider.Sqlite);

public sealed class PostgreSqlCampaignTests() : CampaignTests(DatabaseProvider.PostgreSql);

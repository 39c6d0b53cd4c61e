using Dapper;
using Herald.Domain.Campaigns;
using Herald.Domain.Messages;
using Herald.Storage.Campaigns;
using Herald.Storage.Messages;
using Herald.Storage.Portfolios;

namespace Herald.Storage.Conformance.Messages;

/// <summary>
/// What is claimed stays in the indexes of the queue until it is settled: nobody who asks for what is queued may be given it. And a claim is found again,
/// by its own row, for as long as anything of it is open.
/// </summary>
public abstract class ClaimedInQueueTests(DatabaseProvider provider) : ConformanceTest(provider)
{
    private const int Many = 100;

    private IMessageStore Messages => Get<IMessageStore>();

    private ICampaignStore Campaigns => Get<ICampaignStore>();

    [Fact]
    public async Task It_is_not_due_and_not_claimed_again()
    {
        var scene = await Given.QueuedSceneAsync(2);
        await Messages.EnqueueAsync([Given.Reply(scene.Tenant, scene.Contacts[0], scene.Sender)], None);
        await ClaimAsync(scene, 3);

        Assert.Empty(await Messages.ListDueAsync(Now.AddDays(1), None));
        Assert.Empty((await Messages.ClaimAsync(Given.Claim(scene, Many), None)).Messages);
    }

    [Fact]
    public async Task What_is_queued_behind_it_tells_when_the_sender_is_due()
    {
        var scene = await Given.QueuedSceneAsync(1);
        await ClaimAsync(scene, 1);
        await Messages.EnqueueAsync([Given.Reply(scene.Tenant, scene.Contacts[0], scene.Sender) with { DueTime = Now.AddMinutes(1) }], None);

        var due = Assert.Single(await Messages.ListDueAsync(Now.AddDays(1), None));

        Assert.Equal((scene.Sender, Now.AddMinutes(1)), (due.SenderId, due.DueTime));
    }

    [Fact]
    public async Task It_is_neither_cancelled_nor_expired()
    {
        var scene = await Given.QueuedSceneAsync(2);
        var claimed = Assert.Single(await ClaimAsync(scene, 1));
        await ExecuteAsync("UPDATE messages SET expire_time = 1 WHERE state = 20");

        var alone = await Messages.CancelAsync(scene.Tenant, claimed.MessageId, Ids.New<Domain.Tenants.ApiKeyId>(), Now, None);
        var expired = await Messages.ExpireQueuedAsync(Now, Many, None);
        var ofCampaign = await Campaigns.CancelQueuedAsync(scene.Tenant, scene.Campaign, Now, Many, None);

        Assert.Equal(MessageState.Claimed, alone?.State);
        Assert.Equal((0, 1), (expired, ofCampaign));
        Assert.Equal(MessageState.Claimed, await StateAsync(scene, claimed));
    }

    [Fact]
    public async Task It_is_not_swept_up_when_its_campaign_is_broken_off()
    {
        var scene = await Given.QueuedSceneAsync(2);
        var claimed = Assert.Single(await ClaimAsync(scene, 1));
        var row = Assert.IsType<CampaignRow>(await Campaigns.GetAsync(scene.Tenant, scene.Campaign, None));
        await Campaigns.UpdateAsync(row with { State = CampaignState.Cancelled, EndTime = Now }, None);

        var swept = await Campaigns.CancelOrphansAsync(Now, Many, None);

        Assert.Equal(1, swept);
        Assert.Equal(MessageState.Claimed, await StateAsync(scene, claimed));
    }

    [Fact]
    public async Task It_takes_no_room_from_what_a_limit_put_off()
    {
        var scene = await Given.LimitedSceneAsync(4, peopleMax: 1, reservePercent: 0);
        var portfolios = Get<IPortfolioStore>();
        await ClaimAsync(scene, 1, postponed: 3);
        Assert.True(await portfolios.LimitAsync(Given.Portfolio, 3, Now.AddSeconds(1), None));
        Assert.Equal(2, await portfolios.BringForwardAsync(Now, Many, None));
        await ClaimAsync(scene, 2);
        // As if they had been put off until now, whose entries in the index stay while they are claimed.
        await ExecuteAsync("UPDATE messages SET limit_due_time = due_time WHERE state = 20");
        Assert.True(await portfolios.LimitAsync(Given.Portfolio, 4, Now.AddSeconds(2), None));

        var moved = await portfolios.BringForwardAsync(Now, Many, None);

        Assert.Equal(1, moved);
    }

    [Fact]
    public async Task A_claims_row_goes_when_it_has_run_out_and_all_of_it_is_settled()
    {
        var scene = await Given.QueuedSceneAsync(3);
        var claimed = await ClaimAsync(scene, 3);
        await Messages.SettleAsync([Given.Accepted(scene, claimed[0]), Given.Accepted(scene, claimed[1])], None);
        Assert.Equal(0, await Messages.ExpireClaimsAsync(Many, None));
        Assert.Equal(1, await CountClaimsAsync());
        await RunOutClaimsAsync();

        var expired = await Messages.ExpireClaimsAsync(Many, None);
        Assert.Equal(0, await Messages.ExpireClaimsAsync(Many, None));

        Assert.Equal(1, expired);
        Assert.Equal(0, await CountClaimsAsync());
        Assert.Equal(
            (MessageState.Accepted, MessageState.Accepted, MessageState.Unknown),
            (await StateAsync(scene, claimed[0]), await StateAsync(scene, claimed[1]), await StateAsync(scene, claimed[2])));
    }

    [Fact]
    public async Task What_decided_nothing_but_suppressions_leaves_no_row()
    {
        var scene = await Given.QueuedSceneAsync(1);
        await Given.RecordAsync(scene.Tenant, scene.Contacts[0], Domain.Consents.ConsentAction.Revoke);
        await ExecuteAsync("UPDATE messages SET state = 10, suppression_reason = 0, end_time = NULL");

        var claim = await Messages.ClaimAsync(Given.Claim(scene, 1), None);

        Assert.Equal((0, 1), (claim.Messages.Count, claim.Suppressed));
        Assert.Equal(0, await CountClaimsAsync());
    }

    [Fact]
    public async Task What_was_given_back_and_claimed_again_is_listed_once_and_not_given_up_with_the_first_claim()
    {
        var scene = await Given.QueuedSceneAsync(1);
        var first = Assert.Single(await ClaimAsync(scene, 1));
        await Messages.ReleaseAsync(scene.Tenant, scene.Sender, scene.Epoch, [new ClaimKey(first.MessageId, first.Attempt)], Now, None);
        await RunOutClaimsAsync();
        var second = Assert.Single(await ClaimAsync(scene, 1));

        var open = await Messages.ListClaimsAsync(scene.Tenant, scene.Sender, scene.Epoch, None);
        var expired = await Messages.ExpireClaimsAsync(Many, None);

        Assert.Equal([new ClaimKey(second.MessageId, 2)], open);
        Assert.Equal(0, expired);
        Assert.Equal(1, await CountClaimsAsync());
        Assert.Equal(MessageState.Claimed, await StateAsync(scene, second));
        Assert.Equal([new ClaimKey(second.MessageId, 2)], await Messages.ListClaimsAsync(scene.Tenant, scene.Sender, scene.Epoch, None));
    }

    [Fact]
    public async Task What_was_claimed_again_is_not_given_up_with_the_rest_of_its_first_claim()
    {
        var scene = await Given.QueuedSceneAsync(2);
        var first = await ClaimAsync(scene, 2);
        await Messages.ReleaseAsync(scene.Tenant, scene.Sender, scene.Epoch, [new ClaimKey(first[0].MessageId, first[0].Attempt)], Now, None);
        await RunOutClaimsAsync();
        var again = Assert.Single(await ClaimAsync(scene, 1));

        var expired = await Messages.ExpireClaimsAsync(Many, None);

        Assert.Equal((first[0].MessageId, 1), (again.MessageId, expired));
        Assert.Equal((MessageState.Claimed, MessageState.Unknown), (await StateAsync(scene, again), await StateAsync(scene, first[1])));
    }

    [Fact]
    public async Task Claims_of_another_sender_tenant_or_epoch_are_not_listed()
    {
        var scene = await Given.QueuedSceneAsync(1);
        var other = await Given.QueuedSceneAsync(1);
        await ClaimAsync(scene, 1);
        await ClaimAsync(other, 1);

        Assert.Single(await Messages.ListClaimsAsync(scene.Tenant, scene.Sender, scene.Epoch, None));
        Assert.Empty(await Messages.ListClaimsAsync(scene.Tenant, scene.Sender, scene.Epoch + 1, None));
        Assert.Empty(await Messages.ListClaimsAsync(other.Tenant, scene.Sender, scene.Epoch, None));
    }

    private async Task<IReadOnlyList<ClaimedMessage>> ClaimAsync(Scene scene, int count, int postponed = 0)
    {
        var claim = await Messages.ClaimAsync(Given.Claim(scene, Math.Max(count + postponed, 1)), None);
        Assert.Equal((count, postponed), (claim.Messages.Count, claim.Postponed));
        return claim.Messages;
    }

    private async Task<MessageState?> StateAsync(Scene scene, ClaimedMessage message) => (await Messages.GetAsync(scene.Tenant, message.MessageId, None))?.State;

    private async Task<long> CountClaimsAsync()
    {
        await using var connection = await Get<IDatabase>().OpenAsync(None);
        return await connection.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM claims");
    }
}

public sealed class SqliteClaimedInQueueTests() : ClaimedInQueueTests(DatabaseProvider.Sqlite);

public sealed class PostgreSqlClaimedInQueueTests() : ClaimedInQueueTests(DatabaseProvider.PostgreSql)
{
    // PostgreSQL writes all indexes of a row anew when a column of any of them changes, of their conditions too.
    [Fact]
    public async Task Neither_a_claim_nor_a_status_changes_a_column_of_an_index()
    {
        await using var connection = await Get<IDatabase>().OpenAsync(None);

        var columns = (await connection.QueryAsync<string>(
            """
            SELECT DISTINCT a.attname FROM pg_index i
            JOIN pg_depend d ON d.objid = i.indexrelid AND d.refobjid = i.indrelid AND d.refobjsubid > 0
            JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = d.refobjsubid
            WHERE i.indrelid = 'messages'::regclass
            """)).ToList();

        Assert.Contains("queue_stage", columns);
        Assert.Empty(columns.Intersect(
        [
            "state", "attempts", "claim_node", "claim_epoch", "claim_time", "claim_expire_time", "accept_time", "sent_time", "delivered_time", "read_time",
            "end_time", "price",
        ]));
    }
}

using Dapper;
using Herald.Domain.Campaigns;
using Herald.Domain.Messages;
using Herald.Storage.Campaigns;
using Herald.Storage.Messages;
using Herald.Storage.Repair;

namespace Herald.Storage.Conformance.Repair;

/// <summary>Each rule is broken on purpose by a statement that no store would run.</summary>
public abstract class RepairTests(DatabaseProvider provider) : ConformanceTest(provider)
{
    private IRepairStore Repairs => Get<IRepairStore>();

    [Fact]
    public async Task Nothing_is_found_in_what_the_stores_wrote()
    {
        var scene = await LivelySceneAsync();

        Assert.Empty(await Repairs.CheckCampaignAsync(scene.Tenant, scene.Campaign, Now, mends: true, None));
        Assert.Empty(await Repairs.CheckSinglesAsync(Now, mends: true, None));
    }

    [Theory]
    [InlineData("UPDATE messages SET state = 20, claim_expire_time = 1 WHERE state = 10", "claimed, although the claim ran out long ago")]
    [InlineData("UPDATE messages SET end_time = NULL WHERE state = 71", "ended without a time")]
    [InlineData("UPDATE messages SET end_time = 1 WHERE state = 10", "with the time of an end that it has not come to")]
    [InlineData("UPDATE messages SET content = '{}' WHERE state = 30", "left or ended, although what it says is still kept")]
    [InlineData("UPDATE messages SET claim_expire_time = 1 WHERE state = 10", "not claimed, with a time limit of a claim")]
    [InlineData("UPDATE messages SET suppression_reason = 2 WHERE state = 10", "not suppressed, with a reason for it")]
    [InlineData("UPDATE message_attempts SET outcome = 0, end_time = NULL WHERE outcome = 2", "not claimed, with an open attempt in the journal")]
    [InlineData("UPDATE campaigns SET recipients = 7", "with another number of recipients than it has messages")]
    [InlineData("UPDATE campaigns SET state = 7, end_time = 1", "queued, although the campaign has ended")]
    public async Task What_is_wrong_is_found_in_a_dry_run_and_mended_in_the_next(string breaking, string problem)
    {
        var scene = await LivelySceneAsync();
        await ExecuteAsync(breaking);

        var found = Assert.Single(await Repairs.CheckCampaignAsync(scene.Tenant, scene.Campaign, Now, mends: false, None));
        var again = Assert.Single(await Repairs.CheckCampaignAsync(scene.Tenant, scene.Campaign, Now, mends: true, None));
        var afterwards = await Repairs.CheckCampaignAsync(scene.Tenant, scene.Campaign, Now, mends: false, None);

        Assert.Equal(new RepairFinding(problem, 1, 0), found);
        Assert.Equal(new RepairFinding(problem, 1, 1), again);
        Assert.Empty(afterwards);
    }

    [Fact]
    public async Task What_is_claimed_when_its_campaign_is_broken_off_is_not_taken_for_queued()
    {
        var scene = await LivelySceneAsync();
        Assert.Single((await Get<IMessageStore>().ClaimAsync(Given.Claim(scene, 10), None)).Messages);
        await ExecuteAsync("UPDATE campaigns SET state = 7, end_time = 1");

        Assert.Empty(await Repairs.CheckCampaignAsync(scene.Tenant, scene.Campaign, Now, mends: true, None));
    }

    [Theory]
    [InlineData("UPDATE messages SET state = 70 WHERE state = 71", "suppressed without a reason")]
    [InlineData("UPDATE messages SET attempts = 5 WHERE state = 30", "with another number of attempts than the journal")]
    [InlineData("UPDATE messages SET state = 99 WHERE state = 30", "in a state that no message has")]
    public async Task What_nobody_can_tell_is_found_and_left(string breaking, string problem)
    {
        var scene = await LivelySceneAsync();
        await ExecuteAsync(breaking);

        var found = Assert.Single(await Repairs.CheckCampaignAsync(scene.Tenant, scene.Campaign, Now, mends: true, None));

        Assert.Equal(new RepairFinding(problem, 1, 0), found);
    }

    [Fact]
    public async Task A_campaign_that_has_nothing_left_is_completed_once_its_nodes_had_their_time()
    {
        var scene = await LivelySceneAsync();
        await ExecuteAsync("UPDATE messages SET state = 73, end_time = 1 WHERE state = 10");

        var early = await Repairs.CheckCampaignAsync(scene.Tenant, scene.Campaign, Now, mends: true, None);
        Time.Advance(TimeSpan.FromMinutes(6));
        var late = Assert.Single(await Repairs.CheckCampaignAsync(scene.Tenant, scene.Campaign, Now, mends: true, None));

        Assert.Empty(early);
        Assert.Equal(new RepairFinding("running, although nothing of it is left to send", 1, 1), late);
        Assert.Equal(CampaignState.Completed, (await Get<ICampaignStore>().GetAsync(scene.Tenant, scene.Campaign, None))!.State);
    }

    [Theory]
    [InlineData("UPDATE messages SET state = 73, end_time = @Now WHERE state = 10")]
    [InlineData("UPDATE messages SET state = 30, claim_time = @Now, accept_time = @Now WHERE state = 10")]
    public async Task A_campaign_of_hours_whose_last_message_has_just_ended_is_left_to_its_nodes(string ending)
    {
        var scene = await LivelySceneAsync();
        Time.Advance(TimeSpan.FromHours(2));
        await Get<IDatabase>().WriteAsync((connection, transaction) => connection.ExecuteAsync(ending, new { Now }, transaction), None);

        var early = await Repairs.CheckCampaignAsync(scene.Tenant, scene.Campaign, Now, mends: true, None);
        Time.Advance(TimeSpan.FromMinutes(6));
        var late = Assert.Single(await Repairs.CheckCampaignAsync(scene.Tenant, scene.Campaign, Now, mends: true, None));

        Assert.Empty(early);
        Assert.Equal(new RepairFinding("running, although nothing of it is left to send", 1, 1), late);
    }

    [Fact]
    public async Task Messages_without_a_campaign_are_looked_at_too()
    {
        var scene = await LivelySceneAsync();
        await Get<IMessageStore>().EnqueueAsync([Given.Reply(scene.Tenant, scene.Contacts[0], scene.Sender)], None);
        await ExecuteAsync("UPDATE messages SET end_time = 1 WHERE campaign_id IS NULL");

        var ofCampaign = await Repairs.CheckCampaignAsync(scene.Tenant, scene.Campaign, Now, mends: true, None);
        var found = Assert.Single(await Repairs.CheckSinglesAsync(Now, mends: true, None));

        Assert.Empty(ofCampaign);
        Assert.Equal((1, 1), (found.Count, found.Mended));
        Assert.Empty(await Repairs.CheckSinglesAsync(Now, mends: false, None));
    }

    /// <summary>A running campaign with one message accepted, one failed and one queued.</summary>
    private async Task<Scene> LivelySceneAsync()
    {
        var scene = await Given.QueuedSceneAsync(3);
        var claimed = (await Get<IMessageStore>().ClaimAsync(Given.Claim(scene, 2), None)).Messages;
        await Get<IMessageStore>().SettleAsync(
            [
                Given.Accepted(scene, claimed[0]),
                Given.Accepted(scene, claimed[1]) with
                {
                    Outcome = AttemptOutcome.Refused,
                    NextState = MessageState.Failed,
                    Wamid = null,
                    ErrorCode = 131026,
                },
            ],
            None);
        return scene;
    }
}

public sealed class SqliteRepairTests() : RepairTests(DatabaseProvider.Sqlite);

public sealed class PostgreSqlRepairTests() : RepairTests(DatabaseProvider.PostgreSql);

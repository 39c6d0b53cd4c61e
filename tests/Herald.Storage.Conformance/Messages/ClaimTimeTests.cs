using Herald.Domain.Campaigns;
using Herald.Domain.Messages;
using Herald.Storage.Campaigns;
using Herald.Storage.Messages;

namespace Herald.Storage.Conformance.Messages;

/// <summary>Claims are given and expired by one clock, the database's; what comes after one was given up is still told once.</summary>
public abstract class ClaimTimeTests(DatabaseProvider provider) : ConformanceTest(provider)
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private IMessageStore Store => Get<IMessageStore>();

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    public async Task A_claim_lasts_by_the_databases_clock_whatever_that_of_its_node_says(int daysOff)
    {
        var scene = await Given.QueuedSceneAsync(1);
        await ExecuteAsync("UPDATE messages SET due_time = 1");
        var claim = Given.Claim(scene, 1);

        var before = await Get<IDatabase>().NowAsync(None);
        var claimed = Assert.Single((await Store.ClaimAsync(claim with { Now = Now.AddDays(daysOff) }, None)).Messages);
        var after = await Get<IDatabase>().NowAsync(None);

        var row = await RowAsync(scene, claimed.MessageId);
        Assert.NotNull(row.ClaimExpireTime);
        Assert.InRange(row.ClaimExpireTime.Value, before + claim.Duration, after + claim.Duration);
        Assert.Equal(0, await Store.ExpireClaimsAsync(10, None));
    }

    [Fact]
    public async Task A_grace_time_begins_by_the_databases_clock_whatever_that_of_the_node_says()
    {
        var scene = await Given.QueuedSceneAsync(1);
        var claimed = Assert.Single((await Store.ClaimAsync(Given.Claim(scene, 1), None)).Messages);

        await Store.SettleAsync([Unknown(scene, claimed) with { Now = Now.AddYears(-1) }], None);

        Assert.Empty(await Store.ListUnknownAsync(Hour, 10, None));
        Assert.Equal(0, await Store.EndGraceAsync([new GraceEnd(scene.Tenant, claimed.MessageId, GoesOnceMore: true)], Hour, Now.AddYears(1), None));
        Assert.Equal(MessageState.Unknown, (await RowAsync(scene, claimed.MessageId)).State);
    }

    [Fact]
    public async Task Proof_that_comes_after_the_claim_was_given_up_wins_and_is_told_once()
    {
        var scene = await Given.QueuedSceneAsync(1);
        var claimed = Assert.Single((await Store.ClaimAsync(Given.Claim(scene, 1), None)).Messages);
        await GiveUpAsync();
        await Store.SettleAsync([Given.Accepted(scene, claimed)], None);
        var accepted = await RowAsync(scene, claimed.MessageId);
        Time.Advance(Hour);

        // Repeated because the answer to its commit was lost, and contradicted by the time-out of the same request.
        await Store.SettleAsync([Given.Accepted(scene, claimed), Unknown(scene, claimed), NotSent(scene, claimed)], None);

        Assert.Equal(MessageState.Accepted, accepted.State);
        Assert.Equal(accepted, await RowAsync(scene, claimed.MessageId));
        Assert.Empty((await Store.ClaimAsync(Given.Claim(scene, 1), None)).Messages);
    }

    [Fact]
    public async Task Proof_that_comes_when_the_message_waits_to_go_once_more_keeps_it_from_going()
    {
        var scene = await Given.QueuedSceneAsync(1);
        var claimed = Assert.Single((await Store.ClaimAsync(Given.Claim(scene, 1), None)).Messages);
        await GiveUpAsync();
        await ExecuteAsync("UPDATE messages SET due_time = 1");
        Assert.Equal(1, await Store.EndGraceAsync([new GraceEnd(scene.Tenant, claimed.MessageId, GoesOnceMore: true)], Hour, Now, None));

        await Store.SettleAsync([Given.Accepted(scene, claimed)], None);

        Assert.Equal((MessageState.Accepted, 1), ((await RowAsync(scene, claimed.MessageId)).State, (await RowAsync(scene, claimed.MessageId)).Attempts));
        Assert.Empty((await Store.ClaimAsync(Given.Claim(scene, 1), None)).Messages);
    }

    [Fact]
    public async Task What_did_not_leave_in_time_goes_again_also_when_its_campaign_was_taken_for_completed()
    {
        var campaigns = Get<ICampaignStore>();
        var scene = await Given.QueuedSceneAsync(2);
        var claimed = (await Store.ClaimAsync(Given.Claim(scene, 2), None)).Messages;
        await GiveUpAsync();
        Assert.True(await campaigns.CompleteAsync(scene.Tenant, scene.Campaign, Now, None));

        await Store.SettleAsync([NotSent(scene, claimed[0])], None);

        var campaign = Assert.IsType<CampaignRow>(await campaigns.GetAsync(scene.Tenant, scene.Campaign, None));
        Assert.Equal((CampaignState.Running, null), (campaign.State, campaign.EndTime));
        var again = Assert.Single((await Store.ClaimAsync(Given.Claim(scene, 2), None)).Messages);
        Assert.Equal((claimed[0].MessageId, 2), (again.MessageId, again.Attempt));
        await Store.SettleAsync([Given.Accepted(scene, again)], None);
        Assert.True(await campaigns.CompleteAsync(scene.Tenant, scene.Campaign, Now, None));
    }

    private static Settlement Of(Settlement settlement, AttemptOutcome outcome, MessageState next) =>
        settlement with { Outcome = outcome, NextState = next, Wamid = null };

    private Settlement Unknown(Scene scene, ClaimedMessage message) => Of(Given.Accepted(scene, message), AttemptOutcome.Unknown, MessageState.Unknown);

    private Settlement NotSent(Scene scene, ClaimedMessage message) =>
        Of(Given.Accepted(scene, message), AttemptOutcome.NotSent, MessageState.Queued) with { RetryAt = Now };

    private async Task GiveUpAsync()
    {
        await RunOutClaimsAsync();
        Assert.NotEqual(0, await Store.ExpireClaimsAsync(10, None));
    }

    private async Task<MessageRow> RowAsync(Scene scene, MessageId message) =>
        Assert.IsType<MessageRow>(await Store.GetAsync(scene.Tenant, message, None));
}

public sealed class SqliteClaimTimeTests() : ClaimTimeTests(DatabaseProvider.Sqlite);

public sealed class PostgreSqlClaimTimeTests() : ClaimTimeTests(DatabaseProvider.PostgreSql);

using Herald.Domain.Campaigns;
using Herald.Domain.Messages;
using Herald.Domain.Templates;
using Herald.Storage.Campaigns;
using Herald.Storage.Messages;
using Herald.Storage.Templates;

namespace Herald.Storage.Conformance.Messages;

/// <summary>What becomes of a message long after its attempt: an outcome that stayed unknown, a failure that passes.</summary>
public abstract class GraceTests(DatabaseProvider provider) : ConformanceTest(provider)
{
    private static readonly TimeSpan Grace = TimeSpan.FromHours(1);

    private IMessageStore Store => Get<IMessageStore>();

    private ICampaignStore Campaigns => Get<ICampaignStore>();

    [Fact]
    public async Task Unknown_outcomes_are_listed_once_they_are_old_enough_with_the_number_of_such_attempts()
    {
        var (_, message) = await UnknownAsync(TemplateCategory.Utility);

        Assert.Empty(await Store.ListUnknownAsync(Grace, 10, None));
        await EndGraceTimesAsync();
        var listed = Assert.Single(await Store.ListUnknownAsync(Grace, 10, None));

        Assert.Equal((message, MessageClass.Utility, 1), (listed.MessageId, listed.Class, listed.UnknownAttempts));
    }

    [Fact]
    public async Task A_message_that_stays_unsent_expires_with_a_reason_and_a_late_status_settles_it_all_the_same()
    {
        var (scene, message) = await UnknownAsync(TemplateCategory.Marketing);

        Assert.Equal(0, await EndAsync(scene, message, goesOnceMore: false));
        await EndGraceTimesAsync();
        Assert.Equal(1, await EndAsync(scene, message, goesOnceMore: false));
        Assert.Equal(0, await EndAsync(scene, message, goesOnceMore: false));

        var row = await RowAsync(scene, message);
        Assert.Equal((MessageState.Expired, Now), (row.State, row.EndTime));
        Assert.NotEmpty(row.ErrorDetail);
        await Store.ApplyStatusesAsync([Given.Status(scene, message, MessageState.Delivered)], None);
        row = await RowAsync(scene, message);
        Assert.Equal((MessageState.Delivered, null, ""), (row.State, row.EndTime, row.ErrorDetail));
    }

    [Fact]
    public async Task A_message_that_goes_once_more_is_a_new_attempt_and_its_completed_campaign_runs_until_that_is_done()
    {
        var (scene, message) = await UnknownAsync(TemplateCategory.Utility);
        Assert.True(await Campaigns.CompleteAsync(scene.Tenant, scene.Campaign, Now, None));
        await EndGraceTimesAsync();

        Assert.Equal(1, await EndAsync(scene, message, goesOnceMore: true));

        Assert.Equal((CampaignState.Running, null), await CampaignAsync(scene));
        Assert.False(await Campaigns.CompleteAsync(scene.Tenant, scene.Campaign, Now, None));
        var again = Assert.Single((await Store.ClaimAsync(Given.Claim(scene, 1), None)).Messages);
        Assert.Equal((message, 2), (again.MessageId, again.Attempt));
        await Store.SettleAsync([Given.Accepted(scene, again)], None);
        Assert.True(await Campaigns.CompleteAsync(scene.Tenant, scene.Campaign, Now, None));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_goes_once_more_too_late_is_not_said_to_be_unsent(bool wasTold)
    {
        var (scene, message) = await UnknownAsync(TemplateCategory.Utility, wasTold);
        await EndGraceTimesAsync();
        Assert.Equal(1, await EndAsync(scene, message, goesOnceMore: true));
        await ExecuteAsync("UPDATE messages SET expire_time = 1");

        Assert.Equal(1, await Store.ExpireQueuedAsync(Now, 10, None));

        var row = await RowAsync(scene, message);
        Assert.Equal((MessageState.Expired, 0), (row.State, row.ErrorCode));
        Assert.StartsWith("WhatsApp never said whether it was sent", row.ErrorDetail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_an_unknown_outcome_it_is_told_when_the_message_becomes_too_late()
    {
        await UnknownAsync(TemplateCategory.Utility);
        await EndGraceTimesAsync();
        var before = Assert.Single(await Store.ListUnknownAsync(Grace, 10, None));
        await ExecuteAsync("UPDATE messages SET expire_time = 1000000");

        Assert.Null(before.ExpireTime);
        Assert.Equal(DateTimeOffset.UnixEpoch.AddSeconds(1), Assert.Single(await Store.ListUnknownAsync(Grace, 10, None)).ExpireTime);
    }

    [Fact]
    public async Task In_a_cancelled_campaign_nothing_goes_once_more()
    {
        var (scene, message) = await UnknownAsync(TemplateCategory.Utility);
        var campaign = await Campaigns.GetAsync(scene.Tenant, scene.Campaign, None);
        await Campaigns.UpdateAsync(campaign! with { State = CampaignState.Cancelled, EndTime = Now }, None);
        await EndGraceTimesAsync();

        Assert.Equal(1, await EndAsync(scene, message, goesOnceMore: true));

        Assert.Equal(MessageState.Expired, (await RowAsync(scene, message)).State);
    }

    [Fact]
    public async Task In_a_completed_campaign_whose_template_was_deleted_nothing_goes_once_more()
    {
        var (scene, message) = await UnknownAsync(TemplateCategory.Utility);
        Assert.True(await Campaigns.CompleteAsync(scene.Tenant, scene.Campaign, Now, None));
        Assert.True(await Get<ITemplateStore>().DeleteAsync(scene.Tenant, scene.Template, 1, None));
        await EndGraceTimesAsync();

        Assert.Equal(1, await EndAsync(scene, message, goesOnceMore: true));

        Assert.Equal(MessageState.Expired, (await RowAsync(scene, message)).State);
        Assert.Equal(CampaignState.Completed, (await CampaignAsync(scene)).Item1);
    }

    [Fact]
    public async Task A_failure_that_would_pass_is_final_in_a_completed_campaign_whose_template_was_deleted()
    {
        var scene = await Given.QueuedSceneAsync(1);
        var claimed = Assert.Single((await Store.ClaimAsync(Given.Claim(scene, 1), None)).Messages);
        await Store.SettleAsync([Given.Accepted(scene, claimed)], None);
        Assert.True(await Campaigns.CompleteAsync(scene.Tenant, scene.Campaign, Now, None));
        Assert.True(await Get<ITemplateStore>().DeleteAsync(scene.Tenant, scene.Template, 1, None));

        await Store.ApplyStatusesAsync(
            [Given.Status(scene, claimed.MessageId, MessageState.Failed) with { ErrorCode = 131049, RetryAt = Now.AddDays(1) }], None);

        var row = await RowAsync(scene, claimed.MessageId);
        Assert.Equal((MessageState.Failed, 131049), (row.State, row.ErrorCode));
        Assert.Equal(CampaignState.Completed, (await CampaignAsync(scene)).Item1);
    }

    [Fact]
    public async Task A_status_that_came_within_the_grace_time_wins()
    {
        var (scene, message) = await UnknownAsync(TemplateCategory.Utility);
        await EndGraceTimesAsync();
        await Store.ApplyStatusesAsync([Given.Status(scene, message, MessageState.Sent)], None);

        Assert.Equal(0, await EndAsync(scene, message, goesOnceMore: true));

        Assert.Equal(MessageState.Sent, (await RowAsync(scene, message)).State);
    }

    [Fact]
    public async Task A_failure_that_passes_queues_the_message_again_whatever_is_repeated_of_it()
    {
        var scene = await Given.QueuedSceneAsync(1);
        var first = Assert.Single((await Store.ClaimAsync(Given.Claim(scene, 1), None)).Messages);
        var failed = Given.Status(scene, first.MessageId, MessageState.Failed) with
        {
            Wamid = "wamid.1",
            ErrorCode = 131049,
            ErrorDetail = "Not now.",
            RetryAt = Now.AddDays(1),
        };
        await Store.SettleAsync([Given.Accepted(scene, first) with { Wamid = "wamid.1" }], None);
        Assert.True(await Campaigns.CompleteAsync(scene.Tenant, scene.Campaign, Now, None));

        await Store.ApplyStatusesAsync([Given.Status(scene, first.MessageId, MessageState.Sent) with { Wamid = "wamid.1" }, failed], None);
        await Store.ApplyStatusesAsync([failed, Given.Status(scene, first.MessageId, MessageState.Sent) with { Wamid = "wamid.1" }], None);

        var row = await RowAsync(scene, first.MessageId);
        Assert.Equal((MessageState.Queued, 131049, "Not now.", failed.RetryAt), (row.State, row.ErrorCode, row.ErrorDetail, row.DueTime));
        Assert.Equal((CampaignState.Running, null), await CampaignAsync(scene));
        Time.Advance(TimeSpan.FromDays(1));
        scene = scene with { Epoch = await Given.LeaseAsync(scene.Tenant, scene.Sender) };
        var second = Assert.Single((await Store.ClaimAsync(Given.Claim(scene, 1), None)).Messages);
        await Store.SettleAsync([Given.Accepted(scene, second) with { Wamid = "wamid.2" }], None);
        await Store.ApplyStatusesAsync([failed], None);
        row = await RowAsync(scene, first.MessageId);
        Assert.Equal((MessageState.Accepted, "wamid.2", 2), (row.State, row.Wamid, row.Attempts));
        Assert.Equal(
            [(failed.Time, 131049, failed.RetryAt), (null, null, null)],
            (await Store.ListAttemptsAsync(scene.Tenant, first.MessageId, None)).Select(attempt => (attempt.FailTime, attempt.FailCode, attempt.RetryTime)));
    }

    [Fact]
    public async Task A_failure_that_comes_before_the_answer_of_its_own_attempt_is_not_undone_by_it()
    {
        var scene = await Given.QueuedSceneAsync(1);
        var claimed = Assert.Single((await Store.ClaimAsync(Given.Claim(scene, 1), None)).Messages);
        var failed = Given.Status(scene, claimed.MessageId, MessageState.Failed) with { RetryAt = Now.AddDays(1) };

        await Store.ApplyStatusesAsync([failed], None);
        await Store.SettleAsync([Given.Accepted(scene, claimed)], None);

        var attempt = Assert.Single(await Store.ListAttemptsAsync(scene.Tenant, claimed.MessageId, None));
        Assert.Equal((AttemptOutcome.Accepted, failed.Time, failed.RetryAt), (attempt.Outcome, attempt.FailTime, attempt.RetryTime));
        Assert.Equal(MessageState.Queued, (await RowAsync(scene, claimed.MessageId)).State);
    }

    [Fact]
    public async Task What_arrived_after_all_is_not_sent_once_more()
    {
        var scene = await Given.QueuedSceneAsync(1);
        var claimed = Assert.Single((await Store.ClaimAsync(Given.Claim(scene, 1), None)).Messages);
        await Store.ApplyStatusesAsync([Given.Status(scene, claimed.MessageId, MessageState.Failed) with { RetryAt = Now }], None);

        await Store.ApplyStatusesAsync([Given.Status(scene, claimed.MessageId, MessageState.Delivered)], None);

        Assert.Equal(MessageState.Delivered, (await RowAsync(scene, claimed.MessageId)).State);
        Assert.Empty((await Store.ClaimAsync(Given.Claim(scene, 1), None)).Messages);
    }

    [Fact]
    public async Task A_reply_whose_content_is_gone_stays_failed()
    {
        var scene = await Given.QueuedSceneAsync(1);
        await Store.EnqueueAsync([Given.Reply(scene.Tenant, scene.Contacts[0], scene.Sender)], None);
        var reply = (await Store.ClaimAsync(Given.Claim(scene, 1), None)).Messages[0];
        await Store.SettleAsync([Given.Accepted(scene, reply)], None);

        await Store.ApplyStatusesAsync([Given.Status(scene, reply.MessageId, MessageState.Failed) with { RetryAt = Now }], None);

        Assert.Equal(MessageState.Failed, (await RowAsync(scene, reply.MessageId)).State);
    }

    /// <summary>A running campaign with one message whose claim ran out just now, or whose connection broke.</summary>
    private async Task<(Scene Scene, MessageId Message)> UnknownAsync(TemplateCategory category, bool wasTold = false)
    {
        var scene = await Given.SceneAsync(category, 1);
        await Given.RecordAsync(scene.Tenant, scene.Contacts[0], Domain.Consents.ConsentAction.Grant);
        await Given.PrepareAsync(scene, 2);
        var claimed = Assert.Single((await Store.ClaimAsync(Given.Claim(scene, 1), None)).Messages);
        if (wasTold)
        {
            await Store.SettleAsync(
                [Given.Accepted(scene, claimed) with { Outcome = AttemptOutcome.Unknown, NextState = MessageState.Unknown, Wamid = null, ErrorDetail = "No answer." }], None);
            return (scene, claimed.MessageId);
        }
        await RunOutClaimsAsync();
        Assert.Equal(1, await Store.ExpireClaimsAsync(10, None));
        return (scene, claimed.MessageId);
    }

    private Task<int> EndAsync(Scene scene, MessageId message, bool goesOnceMore) =>
        Store.EndGraceAsync([new GraceEnd(scene.Tenant, message, goesOnceMore)], Grace, Now, None);

    /// <summary>The server's clock is not ours to move, so the beginnings of all grace times are moved into its past.</summary>
    private Task<int> EndGraceTimesAsync() => ExecuteAsync("UPDATE messages SET due_time = 1 WHERE state = 25");

    private async Task<MessageRow> RowAsync(Scene scene, MessageId message) =>
        Assert.IsType<MessageRow>(await Store.GetAsync(scene.Tenant, message, None));

    private async Task<(CampaignState, DateTimeOffset?)> CampaignAsync(Scene scene)
    {
        var row = Assert.IsType<CampaignRow>(await Campaigns.GetAsync(scene.Tenant, scene.Campaign, None));
        return (row.State, row.EndTime);
    }
}

public sealed class SqliteGraceTests() : GraceTests(DatabaseProvider.Sqlite);

public sealed class PostgreSqlGraceTests() : GraceTests(DatabaseProvider.PostgreSql);

using Herald.Domain.Consents;
using Herald.Domain.Messages;
using Herald.Storage.Consents;
using Herald.Storage.Messages;

namespace Herald.Storage.Conformance.Messages;

public abstract class StoryTests(DatabaseProvider provider) : ConformanceTest(provider)
{
    private IMessageStore Messages => Get<IMessageStore>();

    [Fact]
    public async Task A_story_holds_each_attempt_with_its_latency_and_what_it_was_put_off_for()
    {
        var scene = await Given.QueuedSceneAsync(1);
        var first = Assert.Single((await Messages.ClaimAsync(Given.Claim(scene, 1), None)).Messages);
        await Messages.SettleAsync(
            [
                Given.Accepted(scene, first) with
                {
                    Outcome = AttemptOutcome.Refused,
                    NextState = MessageState.Queued,
                    Wamid = null,
                    ErrorCode = 130429,
                    RetryAt = Now.AddSeconds(5),
                    Latency = TimeSpan.FromMilliseconds(120.9),
                },
            ],
            None);
        Time.Advance(TimeSpan.FromSeconds(5));
        var second = Assert.Single((await Messages.ClaimAsync(Given.Claim(scene, 1), None)).Messages);
        await Messages.SettleAsync([Given.Accepted(scene, second)], None);

        var story = await StoryAsync(scene, first.MessageId);

        Assert.Equal((scene.Campaign, scene.Sender), (story.Campaign?.CampaignId, story.Sender?.SenderId));
        Assert.Equal([(1, AttemptOutcome.Refused, 130429), (2, AttemptOutcome.Accepted, 0)], story.Attempts.Select(a => (a.Attempt, a.Outcome, a.ErrorCode)));
        Assert.Equal([120, null], story.Attempts.Select(attempt => attempt.LatencyMs));
        Assert.Equal([Now, null], story.Attempts.Select(attempt => attempt.RetryTime));
        Assert.All(story.Attempts, attempt => Assert.Equal((Given.Node, scene.Epoch), (attempt.Node, attempt.Epoch)));
    }

    [Fact]
    public async Task A_failure_and_the_price_are_kept_in_any_order_of_statuses()
    {
        var scene = await Given.QueuedSceneAsync(2);
        var claimed = (await Messages.ClaimAsync(Given.Claim(scene, 2), None)).Messages;
        await Messages.SettleAsync([.. claimed.Select(message => Given.Accepted(scene, message))], None);
        StatusUpdate[] Statuses(MessageId message) =>
        [
            Given.Status(scene, message, MessageState.Failed), Given.Status(scene, message, MessageState.Sent),
            Given.Status(scene, message, MessageState.Delivered),
        ];

        await Messages.ApplyStatusesAsync(Statuses(claimed[0].MessageId), None);
        foreach (var status in Statuses(claimed[1].MessageId).Reverse())
            await Messages.ApplyStatusesAsync([status], None);

        foreach (var message in claimed)
        {
            var row = (await StoryAsync(scene, message.MessageId)).Message;
            Assert.Equal((MessageState.Delivered, 0, 131026), (row.State, row.ErrorCode, row.FailCode));
            Assert.Equal(Given.Status(scene, message.MessageId, MessageState.Failed).Time, row.FailTime);
            Assert.Equal(new MessagePrice(PriceCategory.Marketing, PriceType.Regular), MessagePrice.FromValue(row.Price!.Value));
        }
    }

    [Fact]
    public async Task The_refusal_that_bars_a_message_is_found_and_no_later_one()
    {
        var scene = await Given.QueuedSceneAsync(1);
        Time.Advance(TimeSpan.FromSeconds(1));
        var cause = Given.Event(scene.Tenant, scene.Contacts[0], ConsentAction.Revoke);
        await Given.RecordAsync(cause);
        Time.Advance(TimeSpan.FromSeconds(1));
        await Given.RecordAsync(scene.Tenant, scene.Contacts[0], ConsentAction.Revoke);

        var row = Assert.Single(await Messages.ListAsync(scene.Tenant, scene.Campaign, null, null, null, 10, None));
        var story = await StoryAsync(scene, row.MessageId);

        Assert.Equal((SuppressionReason.OptedOut, cause.EventId), (story.Message.SuppressionReason, story.Barred?.EventId));
    }

    [Fact]
    public async Task An_answer_belongs_to_the_message_it_quotes()
    {
        var scene = await Given.QueuedSceneAsync(1);
        var claimed = Assert.Single((await Messages.ClaimAsync(Given.Claim(scene, 1), None)).Messages);
        await Messages.SettleAsync([Given.Accepted(scene, claimed)], None);
        var stop = Given.Event(scene.Tenant, scene.Contacts[0], ConsentAction.Revoke) with { Source = ConsentSource.Button };

        await Get<IConsentStore>().RecordAsync(stop, $"wamid.{claimed.MessageId}", [], None);

        var answer = Assert.Single((await StoryAsync(scene, claimed.MessageId)).Answers);
        Assert.Equal((stop.EventId, scene.Campaign, claimed.MessageId), (answer.EventId, answer.CampaignId, answer.MessageId));
    }

    [Fact]
    public async Task Messages_are_listed_by_code_and_by_reason()
    {
        var scene = await Given.QueuedSceneAsync(3);
        await Given.RecordAsync(scene.Tenant, scene.Contacts[0], ConsentAction.Revoke);
        var failed = (await Messages.ClaimAsync(Given.Claim(scene, 1), None)).Messages[0];
        await Messages.SettleAsync(
            [Given.Accepted(scene, failed) with { Outcome = AttemptOutcome.Refused, NextState = MessageState.Failed, Wamid = null, ErrorCode = 131026 }], None);

        var byCode = await Messages.ListAsync(scene.Tenant, new MessageFilter { ErrorCode = 131026 }, null, 10, None);
        var byReason = await Messages.ListAsync(
            scene.Tenant, new MessageFilter { Campaign = scene.Campaign, SuppressionReason = SuppressionReason.OptedOut }, null, 10, None);

        Assert.Equal(failed.MessageId, Assert.Single(byCode).MessageId);
        Assert.Equal(scene.Contacts[0], Assert.Single(byReason).ContactId);
    }

    private async Task<MessageStory> StoryAsync(Scene scene, MessageId message) =>
        Assert.IsType<MessageStory>(await Get<IStoryStore>().GetAsync(scene.Tenant, message, None));
}

public sealed class SqliteStoryTests() : StoryTests(DatabaseProvider.Sqlite);

public sealed class PostgreSqlStoryTests() : StoryTests(DatabaseProvider.PostgreSql);

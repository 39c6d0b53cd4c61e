using Herald.Domain.Campaigns;
using Herald.Domain.Messages;
using Herald.Domain.Templates;
using Herald.Domain.Tenants;
using Herald.Storage.Campaigns;
using Herald.Storage.Messages;
using Microsoft.Extensions.DependencyInjection;

namespace Herald.Storage.Conformance.Messages;

/// <summary>Messages that are taken back one by one.</summary>
public abstract class CancelTests(DatabaseProvider provider) : ConformanceTest(provider)
{
    private IMessageStore Store => Get<IMessageStore>();

    private ApiKeyId Key { get; } = new(Guid.Parse("0199aaaa-0000-7000-8000-000000000001"));

    [Fact]
    public async Task A_queued_message_is_cancelled_by_the_key_forgets_its_content_and_is_never_claimed()
    {
        var scene = await Given.SceneAsync(TemplateCategory.Utility, 1);
        await Store.EnqueueAsync([Given.Reply(scene.Tenant, scene.Contacts[0], scene.Sender)], None);
        var reply = Assert.Single(await ListAsync(scene));

        var cancelled = await Store.CancelAsync(scene.Tenant, reply.MessageId, Key, Now, None);

        Assert.NotNull(reply.Content);
        Assert.Equal((MessageState.Cancelled, Now, Key, null), (cancelled!.State, cancelled.EndTime, cancelled.CancelKeyId, cancelled.Content));
        Assert.Equal(cancelled, await Store.GetAsync(scene.Tenant, reply.MessageId, None));
        Assert.Empty((await Store.ClaimAsync(Given.Claim(scene, 10), None)).Messages);
    }

    [Fact]
    public async Task A_repetition_changes_nothing_whoever_asks()
    {
        var scene = await Given.QueuedSceneAsync(1);
        var message = Assert.Single(await ListAsync(scene)).MessageId;
        var first = await Store.CancelAsync(scene.Tenant, message, Key, Now, None);

        var second = await Store.CancelAsync(scene.Tenant, message, Ids.New<ApiKeyId>(), Now.AddMinutes(1), None);

        Assert.Equal(first, second);
    }

    [Fact]
    public async Task Another_tenants_message_is_none_and_stays()
    {
        var scene = await Given.QueuedSceneAsync(1);
        var message = Assert.Single(await ListAsync(scene)).MessageId;

        Assert.Null(await Store.CancelAsync(await Given.StoredTenantAsync(), message, Key, Now, None));
        Assert.Null(await Store.CancelAsync(scene.Tenant, Ids.New<MessageId>(), Key, Now, None));

        Assert.Equal(MessageState.Queued, (await Store.GetAsync(scene.Tenant, message, None))!.State);
    }

    [Fact]
    public async Task What_has_begun_to_leave_stays_as_it_is_and_what_came_back_can_be_cancelled()
    {
        var scene = await Given.QueuedSceneAsync(2);
        var claimed = (await Store.ClaimAsync(Given.Claim(scene, 2), None)).Messages;
        await Store.SettleAsync([Given.Accepted(scene, claimed[0])], None);

        var accepted = await Store.CancelAsync(scene.Tenant, claimed[0].MessageId, Key, Now, None);
        var inFlight = await Store.CancelAsync(scene.Tenant, claimed[1].MessageId, Key, Now, None);
        await Store.ReleaseAsync(scene.Tenant, scene.Sender, scene.Epoch, [new ClaimKey(claimed[1].MessageId, claimed[1].Attempt)], Now, None);
        var released = await Store.CancelAsync(scene.Tenant, claimed[1].MessageId, Key, Now, None);

        Assert.Equal((MessageState.Accepted, null, null), (accepted!.State, accepted.EndTime, accepted.CancelKeyId));
        Assert.Equal((MessageState.Claimed, null, null), (inFlight!.State, inFlight.EndTime, inFlight.CancelKeyId));
        Assert.Equal((MessageState.Cancelled, Now, Key), (released!.State, released.EndTime, released.CancelKeyId));
    }

    [Fact]
    public async Task An_attempt_that_arrived_after_all_proves_the_end_wrong()
    {
        var scene = await Given.QueuedSceneAsync(1);
        var claimed = Assert.Single((await Store.ClaimAsync(Given.Claim(scene, 1), None)).Messages);
        await Store.SettleAsync(
            [
                Given.Accepted(scene, claimed) with
                {
                    Outcome = AttemptOutcome.Refused,
                    Wamid = null,
                    ErrorCode = 131000,
                    NextState = MessageState.Queued,
                    RetryAt = Now.AddMinutes(5),
                },
            ],
            None);
        Assert.Equal(MessageState.Cancelled, (await Store.CancelAsync(scene.Tenant, claimed.MessageId, Key, Now, None))!.State);

        await Store.ApplyStatusesAsync([Given.Status(scene, claimed.MessageId, MessageState.Delivered)], None);

        var row = await Store.GetAsync(scene.Tenant, claimed.MessageId, None);
        Assert.Equal((MessageState.Delivered, null), (row!.State, row.EndTime));
    }

    [Fact]
    public async Task A_campaign_goes_on_without_it_and_its_figures_add_up()
    {
        var scene = await Given.QueuedSceneAsync(3);
        var messages = await ListAsync(scene);
        var campaigns = Get<ICampaignStore>();

        await Store.CancelAsync(scene.Tenant, messages[1].MessageId, Key, Now, None);
        var claimed = (await Store.ClaimAsync(Given.Claim(scene, 10), None)).Messages;
        await Store.SettleAsync([.. claimed.Select(message => Given.Accepted(scene, message))], None);
        var isCompleted = await campaigns.CompleteAsync(scene.Tenant, scene.Campaign, Now, None);

        Assert.Equal([messages[0].MessageId, messages[2].MessageId], claimed.Select(message => message.MessageId).OrderBy(id => id.Value));
        Assert.True(isCompleted);
        var report = await campaigns.ReportAsync(scene.Tenant, scene.Campaign, None);
        Assert.Equal((3, 2, 1), (report!.Recipients, report.ByState[MessageState.Accepted], report.ByState[MessageState.Cancelled]));
        Assert.Equal(report.Recipients, report.ByState.Values.Sum());
    }

    [Fact]
    public async Task A_campaign_whose_messages_are_all_cancelled_completes()
    {
        var scene = await Given.QueuedSceneAsync(2);
        var campaigns = Get<ICampaignStore>();
        foreach (var message in await ListAsync(scene))
            await Store.CancelAsync(scene.Tenant, message.MessageId, Key, Now, None);

        Assert.Contains(await campaigns.ListDueAsync(Now, None), campaign => campaign.CampaignId == scene.Campaign);
        Assert.True(await campaigns.CompleteAsync(scene.Tenant, scene.Campaign, Now, None));
        Assert.Equal(CampaignState.Completed, (await campaigns.GetAsync(scene.Tenant, scene.Campaign, None))!.State);
    }

    [Fact]
    public async Task Beside_claims_each_message_is_either_cancelled_or_claimed()
    {
        const int People = 200;
        var scene = await Given.QueuedSceneAsync(People);
        var messages = (await Store.ListAsync(scene.Tenant, null, null, null, null, People, None)).Select(row => row.MessageId).ToList();
        var other = Database.AddNode().GetRequiredService<IMessageStore>();
        var claimed = new List<MessageId>();

        async Task ClaimAllAsync()
        {
            while ((await Store.ClaimAsync(Given.Claim(scene, 10), None)).Messages is { Count: > 0 } batch)
                claimed.AddRange(batch.Select(message => message.MessageId));
        }

        async Task<List<MessageId>> CancelAllAsync()
        {
            var cancelled = new List<MessageId>();
            foreach (var message in Enumerable.Reverse(messages))
            {
                if ((await other.CancelAsync(scene.Tenant, message, Key, Now, None))!.State == MessageState.Cancelled)
                    cancelled.Add(message);
            }
            return cancelled;
        }

        var cancelling = Task.Run(CancelAllAsync);
        await Task.WhenAll(Task.Run(ClaimAllAsync), cancelling).WaitAsync(Limit);
        // A claim passes over what is held at that moment, cancelled or not.
        await ClaimAllAsync();

        Assert.Equal(messages.OrderBy(id => id.Value), claimed.Concat(await cancelling).OrderBy(id => id.Value));
        Assert.Equal(claimed.Count, (await Store.ListAsync(scene.Tenant, null, null, MessageState.Claimed, null, People, None)).Count);
    }

    private async Task<IReadOnlyList<MessageRow>> ListAsync(Scene scene) => await Store.ListAsync(scene.Tenant, null, null, null, null, 100, None);
}

public sealed class SqliteCancelTests() : CancelTests(DatabaseProvider.Sqlite);

public sealed class PostgreSqlCancelTests() : CancelTests(DatabaseProvider.PostgreSql);

using Dapper;
using Herald.Domain.Campaigns;
using Herald.Domain.Consents;
using Herald.Domain.Messages;
using Herald.Storage.Campaigns;
using Herald.Storage.Messages;
using Microsoft.Extensions.DependencyInjection;

namespace Herald.Storage.Conformance.Messages;

public abstract class SettleTests(DatabaseProvider provider) : ConformanceTest(provider)
{
    private IMessageStore Store => Get<IMessageStore>();

    [Fact]
    public async Task An_accepted_message_keeps_its_wamid_and_forgets_its_content()
    {
        var scene = await Given.QueuedSceneAsync(1);
        await Store.EnqueueAsync([Given.Reply(scene.Tenant, scene.Contacts[0], scene.Sender)], None);
        var reply = (await Store.ClaimAsync(Given.Claim(scene, 1), None)).Messages[0];

        var settled = await Store.SettleAsync([Given.Accepted(scene, reply)], None);

        var row = await RowAsync(scene, reply.MessageId);
        Assert.Equal((1, MessageState.Accepted, Now), (settled, row.State, row.AcceptTime));
        Assert.Equal(($"wamid.{reply.MessageId}", null, null), (row.Wamid, row.Content, row.ClaimExpireTime));
        Assert.Equal(row.MessageId, (await Store.FindByWamidAsync(scene.Tenant, row.Wamid!, None))?.MessageId);
        Assert.Equal([1], await OutcomesAsync());
    }

    [Fact]
    public async Task A_status_before_the_settlement_and_after_it_lead_to_the_same_row()
    {
        var scene = await Given.QueuedSceneAsync(2);
        var claimed = (await Store.ClaimAsync(Given.Claim(scene, 2), None)).Messages;
        StatusUpdate[] Statuses(MessageId id) => [Given.Status(scene, id, MessageState.Sent), Given.Status(scene, id, MessageState.Delivered)];

        await Store.SettleAsync([Given.Accepted(scene, claimed[0])], None);
        await Store.ApplyStatusesAsync(Statuses(claimed[0].MessageId), None);
        await Store.ApplyStatusesAsync(Statuses(claimed[1].MessageId), None);
        await Store.SettleAsync([Given.Accepted(scene, claimed[1])], None);

        var (first, second) = (await RowAsync(scene, claimed[0].MessageId), await RowAsync(scene, claimed[1].MessageId));
        Assert.Equal(MessageState.Delivered, first.State);
        Assert.Equal(Comparable(first), Comparable(second));
        Assert.Equal([1, 1], await OutcomesAsync());
    }

    [Fact]
    public async Task A_status_before_an_answer_that_never_comes_ends_the_attempt_as_unknown()
    {
        var scene = await Given.QueuedSceneAsync(1);
        var claimed = (await Store.ClaimAsync(Given.Claim(scene, 1), None)).Messages[0];

        await Store.ApplyStatusesAsync([Given.Status(scene, claimed.MessageId, MessageState.Sent)], None);
        await RunOutClaimsAsync();

        Assert.Equal(0, await Store.ExpireClaimsAsync(10, None));
        Assert.Equal(MessageState.Sent, (await RowAsync(scene, claimed.MessageId)).State);
        Assert.Equal([(int)AttemptOutcome.Unknown], await OutcomesAsync());
    }

    [Fact]
    public async Task A_refused_message_fails_with_its_code_and_a_retry_waits_for_its_time()
    {
        var scene = await Given.QueuedSceneAsync(2);
        var claimed = (await Store.ClaimAsync(Given.Claim(scene, 2), None)).Messages;
        var failed = Given.Accepted(scene, claimed[0]) with
        {
            Outcome = AttemptOutcome.Refused,
            Wamid = null,
            NextState = MessageState.Failed,
            ErrorCode = 131026,
            ErrorDetail = "Cannot be reached.",
        };
        var retried = failed with
        {
            MessageId = claimed[1].MessageId,
            NextState = MessageState.Queued,
            RetryAt = Now.AddSeconds(5),
            ErrorCode = 130429,
        };

        await Store.SettleAsync([failed, retried], None);

        var first = await RowAsync(scene, failed.MessageId);
        Assert.Equal((MessageState.Failed, 131026, "Cannot be reached.", Now), (first.State, first.ErrorCode, first.ErrorDetail, first.EndTime));
        Assert.Empty((await Store.ClaimAsync(Given.Claim(scene, 2), None)).Messages);
        Time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(2, Assert.Single((await Store.ClaimAsync(Given.Claim(scene, 2), None)).Messages).Attempt);
        Assert.Equal([0, 2, 2], await OutcomesAsync());
    }

    [Fact]
    public async Task A_suppression_learned_from_the_answer_keeps_its_reason()
    {
        var scene = await Given.QueuedSceneAsync(1);
        var claimed = (await Store.ClaimAsync(Given.Claim(scene, 1), None)).Messages[0];

        await Store.SettleAsync(
            [Given.Accepted(scene, claimed) with
            {
                Outcome = AttemptOutcome.Refused,
                Wamid = null,
                NextState = MessageState.Suppressed,
                SuppressionReason = SuppressionReason.SenderPreference,
                ErrorCode = 131050,
            }], None);

        var row = await RowAsync(scene, claimed.MessageId);
        Assert.Equal((MessageState.Suppressed, SuppressionReason.SenderPreference), (row.State, row.SuppressionReason));
    }

    [Fact]
    public async Task A_claim_that_ran_out_becomes_unknown_and_a_late_answer_still_settles_it()
    {
        var scene = await Given.QueuedSceneAsync(2);
        var claimed = (await Store.ClaimAsync(Given.Claim(scene, 2), None)).Messages;
        Assert.Equal(0, await Store.ExpireClaimsAsync(10, None));
        await RunOutClaimsAsync();

        Assert.Equal(1, await Store.ExpireClaimsAsync(1, None));
        Assert.Equal(1, await Store.ExpireClaimsAsync(10, None));

        Assert.Equal(MessageState.Unknown, (await RowAsync(scene, claimed[0].MessageId)).State);
        Assert.Equal([3, 3], await OutcomesAsync());
        Assert.Empty((await Store.ClaimAsync(Given.Claim(scene, 2), None)).Messages);
        Assert.Equal(1, await Store.SettleAsync([Given.Accepted(scene, claimed[0])], None));
        Assert.Equal(MessageState.Accepted, (await RowAsync(scene, claimed[0].MessageId)).State);
        Assert.Equal([1, 3], await OutcomesAsync());
    }

    [Fact]
    public async Task A_settlement_of_another_epoch_or_attempt_changes_nothing()
    {
        var scene = await Given.QueuedSceneAsync(1);
        var claimed = (await Store.ClaimAsync(Given.Claim(scene, 1), None)).Messages[0];
        var accepted = Given.Accepted(scene, claimed);

        var settled = await Store.SettleAsync([accepted with { Epoch = accepted.Epoch + 1 }, accepted with { Attempt = 2 }], None);

        Assert.Equal(0, settled);
        Assert.Equal(MessageState.Claimed, (await RowAsync(scene, claimed.MessageId)).State);
        Assert.Equal([0], await OutcomesAsync());
    }

    [Fact]
    public async Task A_released_message_is_queued_again_and_keeps_its_journal()
    {
        var scene = await Given.QueuedSceneAsync(2);
        var claimed = (await Store.ClaimAsync(Given.Claim(scene, 2), None)).Messages;
        await Store.SettleAsync([Given.Accepted(scene, claimed[1])], None);
        ClaimKey[] claims = [new(claimed[0].MessageId, 1), new(claimed[1].MessageId, 1)];

        Assert.Equal(0, await Store.ReleaseAsync(scene.Tenant, scene.Sender, scene.Epoch + 1, claims, Now, None));
        Assert.Equal(1, await Store.ReleaseAsync(scene.Tenant, scene.Sender, scene.Epoch, claims, Now, None));

        var row = await RowAsync(scene, claims[0].MessageId);
        Assert.Equal((MessageState.Queued, null), (row.State, row.ClaimExpireTime));
        Assert.Equal(claims[0].MessageId, Assert.Single((await Store.ClaimAsync(Given.Claim(scene, 2), None)).Messages).MessageId);
        Assert.Equal([0, 1, 4], await OutcomesAsync());
        // Whose first answer was lost says it again, and finds the next claim of the same epoch.
        Assert.Equal(0, await Store.ReleaseAsync(scene.Tenant, scene.Sender, scene.Epoch, claims, Now, None));
        Assert.Equal(MessageState.Claimed, (await RowAsync(scene, claims[0].MessageId)).State);
    }

    [Fact]
    public async Task What_comes_back_to_a_campaign_that_has_ended_is_cancelled()
    {
        var scene = await Given.QueuedSceneAsync(2);
        var claimed = (await Store.ClaimAsync(Given.Claim(scene, 2), None)).Messages;
        var row = Assert.IsType<CampaignRow>(await Get<ICampaignStore>().GetAsync(scene.Tenant, scene.Campaign, None));
        await Get<ICampaignStore>().UpdateAsync(row with { State = CampaignState.Cancelled, EndTime = Now }, None);

        await Store.ReleaseAsync(scene.Tenant, scene.Sender, scene.Epoch, [new ClaimKey(claimed[0].MessageId, 1)], Now, None);
        await Store.SettleAsync(
            [Given.Accepted(scene, claimed[1]) with { Outcome = AttemptOutcome.NotSent, Wamid = null, NextState = MessageState.Queued, RetryAt = Now }], None);

        foreach (var message in claimed)
            Assert.Equal((MessageState.Cancelled, Now), ((await RowAsync(scene, message.MessageId)).State, (await RowAsync(scene, message.MessageId)).EndTime));
    }

    [Fact]
    public async Task Permuted_and_repeated_statuses_in_any_batches_reach_the_same_end_as_the_domain_says()
    {
        MessageState[] evidence = [MessageState.Sent, MessageState.Delivered, MessageState.Read, MessageState.Failed];
        var random = new Random(7);
        var scene = await Given.QueuedSceneAsync(40);
        var claimed = (await Store.ClaimAsync(Given.Claim(scene, 40), None)).Messages;
        var plans = claimed.ToDictionary(message => message, message =>
        {
            var told = evidence.Where(_ => random.Next(3) > 0).ToArray();
            var all = told.Concat(told).Concat(told.Where(_ => random.Next(2) == 0)).ToArray();
            random.Shuffle(all);
            return all;
        });

        // Every third one is told by wamid alone, which is known only after its settlement.
        await Store.SettleAsync([.. claimed.Where((_, i) => i % 3 == 0).Select(message => Given.Accepted(scene, message))], None);
        for (var round = 0; plans.Values.Any(plan => plan.Length > round); round += 2)
        {
            var batch = plans.SelectMany(pair => pair.Value.Skip(round).Take(2).Select(state => Given.Status(scene, pair.Key.MessageId, state)))
                .Select(update => claimed.ToList().FindIndex(message => message.MessageId == update.MessageId) % 3 == 0 ? update with { MessageId = null } : update)
                .ToList();
            await Store.ApplyStatusesAsync(batch, None);
        }
        await Store.SettleAsync([.. claimed.Select(message => Given.Accepted(scene, message))], None);

        foreach (var (message, plan) in plans)
        {
            var row = await RowAsync(scene, message.MessageId);
            var expected = plan.Aggregate(MessageLifecycle.Next(MessageState.Claimed, MessageState.Accepted), MessageLifecycle.Next);
            Assert.Equal(expected, row.State);
            Assert.Equal(plan.Contains(MessageState.Sent), row.SentTime is not null);
            Assert.Equal(plan.Contains(MessageState.Delivered), row.DeliveredTime is not null);
            Assert.Equal(plan.Contains(MessageState.Read), row.ReadTime is not null);
            Assert.Equal(expected == MessageState.Failed ? 131026 : 0, row.ErrorCode);
            Assert.Equal(expected == MessageState.Failed, row.EndTime is not null);
            Assert.Equal(Now, row.AcceptTime);
        }
    }

    [Fact]
    public async Task Every_state_and_evidence_moves_as_the_domain_says()
    {
        var scene = await Given.QueuedSceneAsync(1);
        var id = (await Store.ClaimAsync(Given.Claim(scene, 1), None)).Messages[0].MessageId;
        foreach (var state in Enum.GetValues<MessageState>())
        {
            foreach (var evidence in MessageLifecycle.Evidence.Where(state => state != MessageState.Accepted))
            {
                await ExecuteAsync($"UPDATE messages SET state = {(int)state}, wamid = NULL");

                await Store.ApplyStatusesAsync([Given.Status(scene, id, evidence)], None);

                Assert.Equal(MessageLifecycle.Next(state, evidence), (await RowAsync(scene, id)).State);
            }
        }
    }

    [Fact]
    public async Task A_repeated_status_counts_as_no_change_and_a_strange_one_is_ignored()
    {
        var scene = await Given.QueuedSceneAsync(1);
        var id = (await Store.ClaimAsync(Given.Claim(scene, 1), None)).Messages[0].MessageId;
        var sent = Given.Status(scene, id, MessageState.Sent);

        Assert.Equal(1, await Store.ApplyStatusesAsync([sent], None));
        Assert.Equal(0, await Store.ApplyStatusesAsync([sent], None));
        Assert.Equal(0, await Store.ApplyStatusesAsync([sent with { MessageId = Ids.New<MessageId>() }], None));
        Assert.Equal(0, await Store.ApplyStatusesAsync([sent with { MessageId = null, Wamid = "wamid.unknown" }], None));
    }

    [Fact]
    public async Task Settlements_statuses_claims_and_opt_outs_at_once_lose_nothing()
    {
        const int People = 90;
        var scene = await Given.QueuedSceneAsync(People);
        var stores = new[] { Store, Database.AddNode().GetRequiredService<IMessageStore>() };
        var claimed = (await Store.ClaimAsync(Given.Claim(scene, People / 2), None)).Messages;
        var random = new Random(3);

        async Task SettleAsync(IMessageStore store, ClaimedMessage[] order)
        {
            foreach (var chunk in order.Chunk(20))
                await store.SettleAsync([.. chunk.Select(message => Given.Accepted(scene, message))], None);
        }

        async Task TellAsync(IMessageStore store, ClaimedMessage[] order, MessageState evidence)
        {
            foreach (var chunk in order.Chunk(15))
                await store.ApplyStatusesAsync([.. chunk.Select(message => Given.Status(scene, message.MessageId, evidence))], None);
        }

        ClaimedMessage[] Shuffled()
        {
            ClaimedMessage[] order = [.. claimed];
            random.Shuffle(order);
            return order;
        }

        var (a, b, c, d) = (Shuffled(), Shuffled(), Shuffled(), Shuffled());
        await Task.WhenAll(
            Task.Run(() => SettleAsync(stores[0], a)),
            Task.Run(() => TellAsync(stores[1], b, MessageState.Sent)),
            Task.Run(() => TellAsync(stores[0], c, MessageState.Delivered)),
            Task.Run(() => TellAsync(stores[1], d, MessageState.Read)),
            Task.Run(async () =>
            {
                foreach (var contact in scene.Contacts)
                    await Given.RecordAsync(scene.Tenant, contact, ConsentAction.Revoke);
            }));

        var rows = await Store.ListAsync(scene.Tenant, scene.Campaign, null, null, null, 1000, None);
        Assert.Equal(People / 2, rows.Count(row => row.State == MessageState.Suppressed));
        Assert.All(rows.Where(row => row.State != MessageState.Suppressed), row => Assert.Equal(
            (MessageState.Read, true, true, true), (row.State, row.SentTime is not null, row.DeliveredTime is not null, row.AcceptTime is not null)));
    }

    private static object Comparable(MessageRow row) => (row.State, row.SuppressionReason, row.ErrorCode, row.AcceptTime, row.SentTime,
        row.DeliveredTime, row.ReadTime, row.EndTime, row.Content, row.ClaimExpireTime, row.Wamid?.Length);

    private async Task<MessageRow> RowAsync(Scene scene, MessageId message) =>
        Assert.IsType<MessageRow>(await Store.GetAsync(scene.Tenant, message, None));

    private async Task<List<int>> OutcomesAsync()
    {
        await using var connection = await Get<IDatabase>().OpenAsync(None);
        return [.. await connection.QueryAsync<int>("SELECT outcome FROM message_attempts ORDER BY outcome")];
    }
}

public sealed class SqliteSettleTests() : SettleTests(DatabaseProvider.Sqlite);

public sealed class PostgreSqlSettleTests() : SettleTests(DatabaseProvider.PostgreSql);

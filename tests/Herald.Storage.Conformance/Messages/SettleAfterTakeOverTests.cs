using Herald.Domain.Messages;
using Herald.Storage.Leases;
using Herald.Storage.Messages;

namespace Herald.Storage.Conformance.Messages;

/// <summary>Outcomes that reach the database when the sender, or the message, is another node's by then.</summary>
public abstract class SettleAfterTakeOverTests(DatabaseProvider provider) : ConformanceTest(provider)
{
    private IMessageStore Store => Get<IMessageStore>();

    [Fact]
    public async Task An_outcome_counts_although_the_sender_changed_hands()
    {
        var scene = await Given.QueuedSceneAsync(2);
        var claimed = (await Store.ClaimAsync(Given.Claim(scene, 2), None)).Messages;
        await TakeOverAsync(scene);

        var settled = await Store.SettleAsync([Given.Accepted(scene, claimed[0]), Refused(scene, claimed[1])], None);

        Assert.Equal(2, settled);
        Assert.Equal(MessageState.Accepted, (await RowAsync(scene, claimed[0].MessageId)).State);
        Assert.Equal(MessageState.Queued, (await RowAsync(scene, claimed[1].MessageId)).State);
    }

    [Fact]
    public async Task Proof_of_an_older_attempt_keeps_the_message_from_going_out_again()
    {
        var scene = await Given.QueuedSceneAsync(1);
        var first = Assert.Single((await Store.ClaimAsync(Given.Claim(scene, 1), None)).Messages);
        await Store.SettleAsync([Refused(scene, first)], None);
        var mine = scene with { Epoch = await TakeOverAsync(scene) };
        var second = Assert.Single((await Store.ClaimAsync(Given.Claim(mine, 1) with { Node = "b" }, None)).Messages);
        await Store.SettleAsync([Refused(mine, second)], None);

        var settled = await Store.SettleAsync([Given.Accepted(scene, first)], None);

        Assert.Equal(0, settled);
        var row = await RowAsync(scene, first.MessageId);
        Assert.Equal((MessageState.Accepted, $"wamid.{first.MessageId}", 2), (row.State, row.Wamid, row.Attempts));
        Assert.Empty((await Store.ClaimAsync(Given.Claim(mine, 1) with { Node = "b" }, None)).Messages);
    }

    [Fact]
    public async Task Nothing_else_of_an_older_attempt_moves_the_message()
    {
        var scene = await Given.QueuedSceneAsync(1);
        var first = Assert.Single((await Store.ClaimAsync(Given.Claim(scene, 1), None)).Messages);
        await Store.SettleAsync([Refused(scene, first)], None);
        var second = Assert.Single((await Store.ClaimAsync(Given.Claim(scene, 1), None)).Messages);

        await Store.SettleAsync([Refused(scene, first) with { NextState = MessageState.Failed, RetryAt = null, ErrorCode = 131026 }], None);

        var row = await RowAsync(scene, second.MessageId);
        Assert.Equal((MessageState.Claimed, 0), (row.State, row.ErrorCode));
    }

    private Settlement Refused(Scene scene, ClaimedMessage message) => Given.Accepted(scene, message) with
    {
        Outcome = AttemptOutcome.Refused,
        Wamid = null,
        NextState = MessageState.Queued,
        RetryAt = Now,
    };

    private async Task<long> TakeOverAsync(Scene scene)
    {
        var leases = Get<ILeaseStore>();
        var name = LeaseNames.Sender(scene.Tenant, scene.Sender);
        await leases.ReleaseManyAsync(await leases.ListAsync(name, None), None);
        return Assert.Single(await leases.AcquireManyAsync([name], "b", TimeSpan.FromSeconds(10), None)).Epoch;
    }

    private async Task<MessageRow> RowAsync(Scene scene, MessageId message) =>
        Assert.IsType<MessageRow>(await Store.GetAsync(scene.Tenant, message, None));
}

public sealed class SqliteSettleAfterTakeOverTests() : SettleAfterTakeOverTests(DatabaseProvider.Sqlite);

public sealed class PostgreSqlSettleAfterTakeOverTests() : SettleAfterTakeOverTests(DatabaseProvider.PostgreSql);

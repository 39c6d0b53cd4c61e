using System.Data.Common;
using Dapper;
using Herald.Domain;
using Herald.Domain.Campaigns;
using Herald.Domain.Messages;
using Herald.Domain.Senders;
using Herald.Domain.Templates;
using Herald.Storage.Campaigns;
using Herald.Storage.Contacts;
using Herald.Storage.Messages;
using Herald.Storage.Portfolios;
using Herald.Storage.Templates;
using Herald.Storage.Tenants;
using Herald.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Herald.Storage.Conformance.Messages;

/// <summary>What a portfolio's limit put off, when there is room for it before its time.</summary>
public abstract class BringForwardTests(DatabaseProvider provider) : ConformanceTest(provider)
{
    private const int Many = 100;

    private protected IMessageStore Messages => Get<IMessageStore>();

    private protected IPortfolioStore Portfolios => Get<IPortfolioStore>();

    [Fact]
    public async Task A_higher_limit_brings_forward_as_many_as_it_lets_through()
    {
        var scene = await FullSceneAsync(10, peopleMax: 3);
        var told = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var signals = Get<IDatabaseSignals>();

        var before = await Portfolios.BringForwardAsync(Now, Many, None);
        await RaiseAsync(5);
        using var subscription = await signals.ListenAsync(SignalChannels.QueueChannel, payload => told.TrySetResult(payload));
        var moved = await Portfolios.BringForwardAsync(Now, Many, None);
        var signal = await told.Task.WaitAsync(Limit);
        var twice = await Portfolios.BringForwardAsync(Now, Many, None);
        var claim = await Messages.ClaimAsync(Given.Claim(scene, Many), None);
        var after = await Portfolios.BringForwardAsync(Now, Many, None);

        Assert.Equal((0, 2, 0, 0), (before, moved, twice, after));
        Assert.Equal((2, 0), (claim.Messages.Count, claim.Postponed));
        Assert.Equal(SignalChannels.Queue(scene.Tenant, scene.Sender), signal);
        Assert.Equal(5, await PlannedAsync());
    }

    [Fact]
    public async Task Who_writes_gets_what_the_limit_put_off_and_takes_no_room_from_others()
    {
        var scene = await FullSceneAsync(10, peopleMax: 3);
        var queued = await Messages.ListAsync(scene.Tenant, scene.Campaign, null, MessageState.Queued, null, Many, None);
        var (writer, other) = (queued[0].ContactId, queued[1].ContactId);
        await Get<IContactStore>().TouchWindowAsync(scene.Tenant, writer, scene.Sender, Now, None);
        OpenWindow[] windows = [new(scene.Tenant, scene.Sender, writer), new(scene.Tenant, scene.Sender, writer)];

        var elsewhere = await Portfolios.FreeAsync([new OpenWindow(scene.Tenant, Ids.New<SenderId>(), other)], Now, None);
        var moved = await Portfolios.FreeAsync(windows, Now, None);
        var twice = await Portfolios.FreeAsync(windows, Now, None);
        var claim = await Messages.ClaimAsync(Given.Claim(scene, Many), None);

        Assert.Equal((0, 1, 0), (elsewhere, moved, twice));
        Assert.Equal((writer, 0), (Assert.Single(claim.Messages).ContactId, claim.Postponed));
        Assert.Equal(6, await PlannedAsync());
        Assert.Equal(0, await Portfolios.BringForwardAsync(Now, Many, None));
    }

    [Fact]
    public async Task What_began_to_wait_for_something_else_while_its_person_wrote_stays_and_is_not_taken_off_the_plan()
    {
        var scene = await FullSceneAsync(10, peopleMax: 3);
        var putOff = (await QueuedOrClaimedAsync(scene, MessageState.Queued))[0];
        await Get<IContactStore>().TouchWindowAsync(scene.Tenant, putOff.ContactId, scene.Sender, Now, None);
        var slow = new SlowWriter(Get<IDatabase>(), () => ExecuteAsync("UPDATE messages SET due_time = due_time + 1 WHERE state = 10"));
        var store = new PortfolioStore(slow, Get<ICampaignStore>(), Get<ITemplateStore>(), Get<IDialect>());

        Assert.Equal(0, await store.FreeAsync([new OpenWindow(scene.Tenant, scene.Sender, putOff.ContactId)], Now, None));

        Assert.Equal(7, await PlannedAsync());
        Assert.True(Assert.IsType<MessageRow>(await Messages.GetAsync(scene.Tenant, putOff.MessageId, None)).DueTime > putOff.DueTime);
    }

    [Fact]
    public async Task Without_a_limit_all_go_in_batches()
    {
        var scene = await FullSceneAsync(8, peopleMax: 1);
        await RaiseAsync(null);

        List<int> moved = [];
        for (var i = 0; i < 4; i++)
            moved.Add(await Portfolios.BringForwardAsync(Now, 3, None));
        var claim = await Messages.ClaimAsync(Given.Claim(scene, Many), None);

        Assert.Equal([3, 3, 1, 0], moved);
        Assert.Equal((7, 0, 0L), (claim.Messages.Count, claim.Postponed, await PlannedAsync()));
    }

    [Fact]
    public async Task The_room_of_a_campaign_that_was_cancelled_goes_to_who_waits_behind_it()
    {
        var first = await FullSceneAsync(6, peopleMax: 3);
        Time.Advance(TimeSpan.FromHours(10));
        var second = await Given.LimitedSceneAsync(3, peopleMax: 3, reservePercent: 0);
        var putOff = (await Messages.ClaimAsync(Given.Claim(second, Many), None)).Postponed;
        await SetStateAsync(first, CampaignState.Cancelled);
        await Get<ICampaignStore>().CancelOrphansAsync(Now, Many, None);

        var early = await Portfolios.BringForwardAsync(Now, Many, None);
        // The people of the first day count no longer; those of the second campaign were put off to ten hours later.
        Time.Advance(TimeSpan.FromHours(14.5));
        var tooEarly = await Messages.ClaimAsync(Given.Claim(second, Many), None);
        var moved = await Portfolios.BringForwardAsync(Now, Many, None);
        var claim = await Messages.ClaimAsync(Given.Claim(second, Many), None);

        Assert.Equal((3, 0, 0), (putOff, early, tooEarly.Messages.Count));
        Assert.Equal((3, 3, 0), (moved, claim.Messages.Count, claim.Postponed));
    }

    [Fact]
    public async Task What_waits_for_anything_else_stays()
    {
        var scene = await FullSceneAsync(5, peopleMax: 2);
        var refused = (await QueuedOrClaimedAsync(scene, MessageState.Claimed))[0];
        await Messages.SettleAsync([Refused(scene, refused)], None);
        var held = (await QueuedOrClaimedAsync(scene, MessageState.Queued)).First(row => row.LimitHoldTime is not null);
        var hold = await Get<IContactReachStore>().HoldMarketingAsync(scene.Tenant, held.ContactId, Now, new SeededRandomSource(1), None);
        var later = await Given.SceneOnAsync(scene, TemplateCategory.Utility, 1);
        await SetDueAsync(later, Now.AddHours(5));
        await RaiseAsync(250);

        var moved = await Portfolios.BringForwardAsync(Now, Many, None);

        Assert.Equal(2, moved);
        Assert.Equal(hold!.Until, (await Messages.GetAsync(scene.Tenant, held.MessageId, None))?.DueTime);
        Assert.Equal(Now.AddHours(1), (await Messages.GetAsync(scene.Tenant, refused.MessageId, None))?.DueTime);
        Assert.Equal(Now.AddHours(5), Assert.Single(await QueuedOrClaimedAsync(later, MessageState.Queued)).DueTime);
    }

    [Fact]
    public async Task Whose_contact_is_held_back_longer_waits_for_that()
    {
        var scene = await FullSceneAsync(2, peopleMax: 1);
        var putOff = Assert.Single(await QueuedOrClaimedAsync(scene, MessageState.Queued));
        var hold = await Get<IContactReachStore>().HoldMarketingAsync(
            scene.Tenant, putOff.ContactId, Now.AddHours(-20), new SeededRandomSource(1), None);
        Assert.InRange(hold!.Until, Now.AddHours(1), putOff.DueTime);
        await RaiseAsync(250);

        var moved = await Portfolios.BringForwardAsync(Now, Many, None);
        var claim = await Messages.ClaimAsync(Given.Claim(scene, Many), None);
        var twice = await Portfolios.BringForwardAsync(Now, Many, None);

        Assert.Equal((1, 0, 1, 0), (moved, claim.Messages.Count, claim.Postponed, twice));
        Assert.Equal(hold.Until, Assert.Single(await QueuedOrClaimedAsync(scene, MessageState.Queued)).DueTime);
    }

    [Fact]
    public async Task Only_what_can_leave_is_brought_forward()
    {
        var paused = await FullSceneAsync(4, peopleMax: 1);
        await SetStateAsync(paused, CampaignState.Paused);
        var stopped = await Given.LimitedSceneAsync(2, peopleMax: 1, reservePercent: 0);
        await Messages.ClaimAsync(Given.Claim(stopped, Many), None);
        var sender = Assert.IsType<SenderRow>(await Get<ISenderStore>().GetAsync(stopped.Tenant, stopped.Sender, None));
        Assert.NotNull(await Get<ISenderStore>().UpdateAsync(sender with { State = SenderState.Restricted }, None));
        var other = await Given.LimitedSceneAsync(2, peopleMax: 1, reservePercent: 0);
        await Messages.ClaimAsync(Given.Claim(other, Many), None);
        await RaiseAsync(3);

        var moved = await Portfolios.BringForwardAsync(Now, Many, None);
        var claim = await Messages.ClaimAsync(Given.Claim(other, Many), None);

        Assert.Equal((2, 2), (moved, claim.Messages.Count));
    }

    [Fact]
    public async Task Marketing_of_a_sender_that_may_send_none_now_stays_and_is_in_nobodys_way()
    {
        var stopped = await FullSceneAsync(4, peopleMax: 1);
        var singles = stopped.Contacts.Take(3).Select(contact => Given.Reply(stopped.Tenant, contact, stopped.Sender) with { Class = MessageClass.Marketing });
        Assert.Equal(3, await Messages.EnqueueAsync([.. singles], None));
        var sender = Assert.IsType<SenderRow>(await Get<ISenderStore>().GetAsync(stopped.Tenant, stopped.Sender, None));
        Assert.NotNull(await Get<ISenderStore>().UpdateAsync(sender with { State = SenderState.Throttled, IsMarketingStopped = true }, None));
        var other = await Given.LimitedSceneAsync(5, peopleMax: 1, reservePercent: 0);
        await Messages.ClaimAsync(Given.Claim(other, Many), None);
        await RaiseAsync(5);

        var moved = await Portfolios.BringForwardAsync(Now, 3, None);
        var rest = await Portfolios.BringForwardAsync(Now, Many, None);
        var claim = await Messages.ClaimAsync(Given.Claim(other, Many), None);

        Assert.Equal((3, 1), (moved, rest));
        Assert.Equal((4, 0), (claim.Messages.Count, claim.Postponed));
        Assert.All(await QueuedOrClaimedAsync(stopped, MessageState.Queued), row => Assert.Equal(row.LimitDueTime, row.DueTime));
    }

    [Fact]
    public async Task Marketing_leaves_the_reserve_to_what_was_put_off_beside_it()
    {
        var scene = await Given.LimitedSceneAsync(10, peopleMax: 10, reservePercent: 40);
        await Messages.ClaimAsync(Given.Claim(scene, Many), None);
        var utility = await Given.SceneOnAsync(scene, TemplateCategory.Utility, 6);
        await Messages.ClaimAsync(Given.Claim(utility, Many), None);
        await RaiseAsync(11);

        var moved = await Portfolios.BringForwardAsync(Now, Many, None);
        var claim = await Messages.ClaimAsync(Given.Claim(utility, Many), None);

        Assert.Equal(1, moved);
        Assert.Equal(MessageClass.Utility, Assert.Single(claim.Messages).Class);
        Assert.Equal(0, claim.Postponed);
    }

    [Fact]
    public async Task What_is_due_already_comes_first()
    {
        var scene = await FullSceneAsync(8, peopleMax: 2);
        var due = await Given.SceneOnAsync(scene, TemplateCategory.Utility, 3);
        await RaiseAsync(7);

        var ahead = await Portfolios.BringForwardAsync(Now, 4, None);
        var rest = await Portfolios.BringForwardAsync(Now, Many, None);
        var claim = await Messages.ClaimAsync(Given.Claim(due, Many), None);

        Assert.Equal((1, 1), (ahead, rest));
        Assert.Equal((3, 2, 0), (
            claim.Messages.Count(message => message.Class == MessageClass.Utility), claim.Messages.Count(message => message.Class == MessageClass.Marketing),
            claim.Postponed));
    }

    [Fact]
    public async Task Several_nodes_together_bring_forward_no_more_than_there_is_room_for()
    {
        var scene = await FullSceneAsync(40, peopleMax: 1);
        await RaiseAsync(21);
        var nodes = Enumerable.Range(0, 4).Select(_ => Database.AddNode().GetRequiredService<IPortfolioStore>()).ToList();

        var moved = await Task.WhenAll(nodes.Select(store => Task.Run(() => store.BringForwardAsync(Now, Many, None)))).WaitAsync(Limit);
        var claim = await Messages.ClaimAsync(Given.Claim(scene, Many), None);

        Assert.Equal((20, 20, 0), (moved.Sum(), claim.Messages.Count, claim.Postponed));
    }

    /// <summary>A scene of which the limit let out what it could, and put off the rest.</summary>
    private protected async Task<Scene> FullSceneAsync(int contacts, int peopleMax)
    {
        var scene = await Given.LimitedSceneAsync(contacts, peopleMax, reservePercent: 0);
        Assert.Equal(contacts - peopleMax, (await Messages.ClaimAsync(Given.Claim(scene, Many), None)).Postponed);
        return scene;
    }

    private protected async Task RaiseAsync(int? peopleMax) =>
        Assert.True(await Portfolios.LimitAsync(Given.Portfolio, peopleMax, Now.AddSeconds(1), None));

    private async Task SetStateAsync(Scene scene, CampaignState state)
    {
        var row = Assert.IsType<CampaignRow>(await Get<ICampaignStore>().GetAsync(scene.Tenant, scene.Campaign, None));
        var ended = state == CampaignState.Cancelled ? Now : (DateTimeOffset?)null;
        Assert.NotNull(await Get<ICampaignStore>().UpdateAsync(row with { State = state, EndTime = ended }, None));
    }

    private async Task SetDueAsync(Scene scene, DateTimeOffset due)
    {
        await Get<IDatabase>().WriteAsync((connection, transaction) => connection.ExecuteAsync(
            "UPDATE messages SET due_time = @due WHERE campaign_id = @Campaign", new { due, scene.Campaign }, transaction), None);
    }

    private Settlement Refused(Scene scene, MessageRow row) => new()
    {
        TenantId = scene.Tenant,
        MessageId = row.MessageId,
        Epoch = scene.Epoch,
        Attempt = row.Attempts,
        Outcome = AttemptOutcome.Refused,
        NextState = MessageState.Queued,
        ErrorCode = 131016,
        RetryAt = Now.AddHours(1),
        Now = Now,
    };

    private Task<IReadOnlyList<MessageRow>> QueuedOrClaimedAsync(Scene scene, MessageState state) =>
        Messages.ListAsync(scene.Tenant, scene.Campaign, null, state, null, Many, None);

    private async Task<long> PlannedAsync()
    {
        await using var connection = await Get<IDatabase>().OpenAsync(None);
        return await connection.ExecuteScalarAsync<long>("SELECT SUM(planned) FROM portfolio_spans");
    }

    /// <summary>Something else is written first.</summary>
    private sealed class SlowWriter(IDatabase inner, Func<Task> first) : IDatabase
    {
        public DatabaseProvider Provider => inner.Provider;

        public bool SupportsNotify => inner.SupportsNotify;

        public Task<DbConnection> OpenAsync(CancellationToken ct) => inner.OpenAsync(ct);

        public async Task<T> WriteAsync<T>(Func<DbConnection, DbTransaction, Task<T>> work, CancellationToken ct)
        {
            await first();
            return await inner.WriteAsync(work, ct);
        }

        public Task<DateTimeOffset> NowAsync(CancellationToken ct) => inner.NowAsync(ct);

        public Task NotifyAsync(DbTransaction transaction, string channel, string payload, CancellationToken ct) =>
            inner.NotifyAsync(transaction, channel, payload, ct);
    }
}

public sealed class SqliteBringForwardTests() : BringForwardTests(DatabaseProvider.Sqlite);

public sealed class PostgreSqlBringForwardTests() : BringForwardTests(DatabaseProvider.PostgreSql)
{
    [Fact]
    public async Task Only_what_moves_is_locked()
    {
        var scene = await FullSceneAsync(6, peopleMax: 1);
        var second = await Given.SecondCampaignAsync(scene);
        await Messages.ClaimAsync(Given.Claim(second, 100), None);
        await RaiseAsync(3);
        var before = await LockersAsync();

        var moved = await Portfolios.BringForwardAsync(Now, 100, None);
        var after = await LockersAsync();

        Assert.Equal((10, 2, 8), (before.Count, moved, after.Count));
        Assert.Subset(before, after);
    }

    /// <summary>What is put off, each with who locked it last: a row keeps the number of that transaction.</summary>
    private async Task<HashSet<string>> LockersAsync()
    {
        await using var connection = await Get<IDatabase>().OpenAsync(None);
        return [.. await connection.QueryAsync<string>(
            "SELECT CAST(message_id AS text) || ' ' || CAST(xmax AS text) FROM messages WHERE queue_stage = 10 AND due_time = limit_due_time")];
    }
}

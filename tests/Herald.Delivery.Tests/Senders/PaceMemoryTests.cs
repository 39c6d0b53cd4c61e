using Herald.Delivery.Tests.Support;
using Herald.Domain.Messages;
using Herald.Storage;
using Herald.Storage.Leases;
using Herald.Storage.Portfolios;
using Herald.Storage.Tenants;
using Herald.Testing;
using Herald.WhatsApp;
using Herald.WhatsApp.Accounts;

namespace Herald.Delivery.Tests.Senders;

/// <summary>What a node learned of a sender's pace outlives it, and Meta's word on the level is asked for.</summary>
public abstract class PaceMemoryTests(DatabaseProvider provider) : DeliveryTest(provider)
{
    [Fact]
    public async Task A_slowed_sender_goes_on_slowly_after_a_restart()
    {
        Meta.Answer = (_, number) => Task.FromResult(number <= 3 ? FakeMeta.Refused(130429) : FakeMeta.Accepted(number));
        await AddQueuedAsync(3);
        var first = await StartAsync();
        await Watch.UntilAsync("a refusal", () => Task.FromResult(Node.Log.Entries), log => log.Any(entry => entry.EventId == 2010));
        await first.StopAsync();

        var kept = Assert.Single(await Node.Get<ISenderPaceStore>().ListAsync([Shop.Sender], default));

        Assert.InRange(kept.Rate, 40, 900);
        Assert.True(kept.Epoch > 0);
        await StartAsync();
        await UntilAllAreAsync(MessageState.Accepted);
    }

    [Fact]
    public async Task A_sender_in_maintenance_is_left_alone_and_its_new_level_is_read()
    {
        Meta.Answer = (_, number) => Task.FromResult(number == 1 ? FakeMeta.Refused(131057) : FakeMeta.Accepted(number));
        Meta.Numbers = _ => new CallResult<Page<PhoneNumberInfo>>(
            new Page<PhoneNumberInfo>([new PhoneNumberInfo(Shop.PhoneNumberId) { ThroughputLevel = "STANDARD" }], null));
        await AddQueuedAsync(1);

        await StartAsync();
        await UntilTheOneAsync("a refusal", row => row.State == MessageState.Queued && row.Attempts == 1);
        var row = await Watch.UntilAsync(
            "the level", () => Node.Get<ISenderStore>().GetAsync(Shop.Tenant, Shop.Sender, default), sender => sender?.MessagesPerSecond == 80);

        Assert.Equal(80, row?.MessagesPerSecond);
        Assert.Single(Meta.Sent);
    }

    [Fact]
    public async Task The_limit_of_the_portfolio_is_read_with_the_level()
    {
        Meta.Answer = (_, number) => Task.FromResult(number == 1 ? FakeMeta.Refused(131057) : FakeMeta.Accepted(number));
        Meta.Numbers = _ => new CallResult<Page<PhoneNumberInfo>>(
            new Page<PhoneNumberInfo>([new PhoneNumberInfo(Shop.PhoneNumberId) { MessagingLimit = "TIER_2K" }], null));
        var before = await Node.Get<ISenderStore>().GetAsync(Shop.Tenant, Shop.Sender, default);
        await AddQueuedAsync(1);

        await StartAsync();
        var row = await Watch.UntilAsync(
            "the portfolio", () => Node.Get<ISenderStore>().GetAsync(Shop.Tenant, Shop.Sender, default), sender => sender?.PortfolioId is not null);

        Assert.Equal(("portfolio-of-" + row!.WabaId, before!.MessagesPerSecond), (row.PortfolioId, row.MessagesPerSecond));
        var portfolio = await Node.Get<IPortfolioStore>().GetAsync(row.PortfolioId!, default);
        Assert.Equal((2_000, 10), (portfolio!.PeopleMax, portfolio.ReservePercent));
    }

    [Fact]
    public async Task While_the_owner_of_an_account_cannot_be_asked_for_no_portfolio_is_made_up_and_it_is_asked_again_soon()
    {
        Meta.Account = _ => new CallResult<BusinessAccountInfo>(CallFailure.OutcomeUnknown(UnknownKind.Timeout));
        TellOfTheNumber(new PhoneNumberInfo(Shop.PhoneNumberId) { MessagingLimit = "TIER_2K", ThroughputLevel = "STANDARD" });
        await AddRefusedAsync();
        await StartAsync();
        var unasked = await UntilAsync(sender => sender.MessagesPerSecond == 80);

        Meta.Account = null;
        Clock.PutForward(TimeSpan.FromMinutes(16));
        var asked = await UntilAsync(sender => sender.PortfolioId is not null);

        Assert.Null(unasked.PortfolioId);
        Assert.Null(await Node.Get<IPortfolioStore>().GetAsync("waba/" + unasked.WabaId, default));
        Assert.Equal("portfolio-of-" + asked.WabaId, asked.PortfolioId);
        Assert.Equal(2_000, (await Node.Get<IPortfolioStore>().GetAsync(asked.PortfolioId!, default))?.PeopleMax);
    }

    [Fact]
    public async Task While_the_owner_of_an_account_cannot_be_asked_for_its_numbers_go_by_the_portfolio_of_the_others()
    {
        Meta.Account = _ => new CallResult<BusinessAccountInfo>(CallFailure.OutcomeUnknown(UnknownKind.Timeout));
        TellOfTheNumber(new PhoneNumberInfo(Shop.PhoneNumberId) { MessagingLimit = "TIER_2K" });
        var senders = Node.Get<ISenderStore>();
        var other = await Node.People.AddSenderAsync(Shop.Tenant, "101", Domain.Senders.SenderKind.Business, "EAAtoken");
        var account = (await senders.GetAsync(Shop.Tenant, Shop.Sender, default))!.WabaId;
        var row = await senders.GetAsync(Shop.Tenant, other, default);
        await senders.UpdateAsync(row! with { WabaId = account, PortfolioId = "portfolio-1" }, default);
        await AddRefusedAsync();

        await StartAsync();
        var asked = await UntilAsync(sender => sender.PortfolioId is not null);

        Assert.Equal("portfolio-1", asked.PortfolioId);
        Assert.Equal(2_000, (await Node.Get<IPortfolioStore>().GetAsync("portfolio-1", default))?.PeopleMax);
    }

    [Fact]
    public async Task An_account_of_which_Meta_tells_no_owner_is_a_portfolio_of_its_own()
    {
        Meta.Account = account => new CallResult<BusinessAccountInfo>(new BusinessAccountInfo(account));
        TellOfTheNumber(new PhoneNumberInfo(Shop.PhoneNumberId) { MessagingLimit = "TIER_250" });
        await AddRefusedAsync();

        await StartAsync();
        var asked = await UntilAsync(sender => sender.PortfolioId is not null);

        Assert.Equal("waba/" + asked.WabaId, asked.PortfolioId);
    }

    [Fact]
    public async Task A_tier_that_nobody_knows_yet_lifts_no_limit()
    {
        TellOfTheNumber(new PhoneNumberInfo(Shop.PhoneNumberId) { MessagingLimit = "TIER_OF_TOMORROW" });
        var portfolio = "portfolio-of-" + (await Node.Get<ISenderStore>().GetAsync(Shop.Tenant, Shop.Sender, default))!.WabaId;
        await Node.Get<IPortfolioStore>().SetAsync(
            new PortfolioRow { PortfolioId = portfolio, PeopleMax = 250, ReservePercent = 10, UpdateTime = Now }, default);
        await AddRefusedAsync();

        await StartAsync();
        await UntilAsync(sender => sender.PortfolioId == portfolio);

        Assert.Equal(250, (await Node.Get<IPortfolioStore>().GetAsync(portfolio, default))?.PeopleMax);
    }

    [Fact]
    public async Task A_raised_level_that_Meta_announces_is_read_at_once()
    {
        var senders = Node.Get<ISenderStore>();
        var row = await senders.GetAsync(Shop.Tenant, Shop.Sender, default);
        await senders.UpdateAsync(row! with { MessagesPerSecond = 80 }, default);
        Meta.Numbers = _ => new CallResult<Page<PhoneNumberInfo>>(
            new Page<PhoneNumberInfo>([new PhoneNumberInfo(Shop.PhoneNumberId) { ThroughputLevel = "HIGH" }], null));
        await StartAsync();
        await Watch.UntilAsync("ownership", () => Task.FromResult(Node.Log.Entries), log => log.Any(entry => entry.EventId == 2001));

        await Node.Get<IDatabaseSignals>().PublishAsync(SignalChannels.LevelChannel, SignalChannels.Queue(Shop.Tenant, Shop.Sender), default);

        await Watch.UntilAsync("the level", () => senders.GetAsync(Shop.Tenant, Shop.Sender, default), sender => sender?.MessagesPerSecond == 1_000);
    }

    [Fact]
    public async Task A_raised_level_whose_announcement_was_missed_is_found_when_signals_may_have_been_lost()
    {
        var senders = Node.Get<ISenderStore>();
        var row = await senders.GetAsync(Shop.Tenant, Shop.Sender, default);
        row = await senders.UpdateAsync(row! with { MessagesPerSecond = 80, PortfolioId = "portfolio-1" }, default);
        TellOfTheNumber(new PhoneNumberInfo(Shop.PhoneNumberId) { ThroughputLevel = "HIGH" });
        var renewals = 0;
        Leases.After = (method, _) =>
        {
            if (method == nameof(ILeaseStore.RenewManyAsync))
                Interlocked.Increment(ref renewals);
            return Task.CompletedTask;
        };
        await StartAsync();
        await Watch.UntilAsync("ownership", () => Task.FromResult(Node.Log.Entries), log => log.Any(entry => entry.EventId == 2001));
        await senders.UpdateAsync(row! with { LevelNewsTime = Now }, default);
        // By then a turn that began after the row was written has read it.
        var before = Volatile.Read(ref renewals);
        await Watch.UntilAsync("two turns", () => Task.FromResult(Volatile.Read(ref renewals)), seen => seen >= before + 3);
        Assert.Equal(80, (await senders.GetAsync(Shop.Tenant, Shop.Sender, default))?.MessagesPerSecond);

        await Node.Get<IDatabaseSignals>().PublishAsync(SignalChannels.LevelChannel, "", default);

        await UntilAsync(sender => sender.MessagesPerSecond == 1_000);
    }

    [Fact]
    public async Task A_sender_that_a_status_found_too_fast_is_slowed_down_by_its_owner_whichever_node_heard_of_it()
    {
        var loops = await StartAsync();
        await Watch.UntilAsync("ownership", () => Task.FromResult(Node.Log.Entries), log => log.Any(entry => entry.EventId == 2001));
        var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        // Subscribed after delivery has, and so told after it.
        using var subscription = await Node.Get<IDatabaseSignals>().ListenAsync(SignalChannels.SlowDownChannel, _ => told.TrySetResult());
        await using var neighbour = Node.CreateNeighbour("node-b");
        var teller = Provider == DatabaseProvider.PostgreSql ? neighbour : Node;

        await teller.Get<IDatabaseSignals>().PublishAsync(SignalChannels.SlowDownChannel, SignalChannels.Queue(Shop.Tenant, Shop.Sender), default);
        await told.Task.WaitAsync(TimeSpan.FromSeconds(30));
        // What is known of the pace is written with the lease's end.
        await loops.StopAsync();

        Assert.Equal(500, Assert.Single(await Node.Get<ISenderPaceStore>().ListAsync([Shop.Sender], default)).Rate);
    }

    [Fact]
    public async Task Inbound_messages_that_another_node_counted_take_from_the_pace()
    {
        var senders = Node.Get<ISenderStore>();
        var row = await senders.GetAsync(Shop.Tenant, Shop.Sender, default);
        await senders.UpdateAsync(row! with { MessagesPerSecond = 20 }, default);
        await StartAsync();
        await Watch.UntilAsync("ownership", () => Task.FromResult(Node.Log.Entries), log => log.Any(entry => entry.EventId == 2001));
        await Node.People.AddPeopleAsync(Shop, 3);
        var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        // Subscribed after delivery has, and so told after it.
        using var subscription = await Node.Get<IDatabaseSignals>().ListenAsync(SignalChannels.InboundChannel, _ => told.TrySetResult());
        var begun = Now;
        await Node.Get<IDatabaseSignals>().PublishAsync(
            SignalChannels.InboundChannel, InboundCount.Format([new InboundCount(Shop.Tenant, Shop.Sender, 1_000)]), default);
        await told.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await Node.People.AddQueuedCampaignAsync(Shop);

        var rows = await UntilAllAreAsync(MessageState.Accepted);

        Assert.All(rows, message => Assert.True(message.ClaimTime - begun >= TimeSpan.FromSeconds(0.9), $"Claimed after {message.ClaimTime - begun}."));
    }

    /// <summary>A message whose first refusal makes the known level doubtful.</summary>
    private async Task AddRefusedAsync()
    {
        Meta.Answer = (_, number) => Task.FromResult(number == 1 ? FakeMeta.Refused(131057) : FakeMeta.Accepted(number));
        await AddQueuedAsync(1);
    }

    private void TellOfTheNumber(PhoneNumberInfo number) =>
        Meta.Numbers = _ => new CallResult<Page<PhoneNumberInfo>>(new Page<PhoneNumberInfo>([number], null));

    private async Task<SenderRow> UntilAsync(Func<SenderRow, bool> holds) => (await Watch.UntilAsync(
        "the sender", () => Node.Get<ISenderStore>().GetAsync(Shop.Tenant, Shop.Sender, default), sender => sender is not null && holds(sender)))!;
}

public sealed class SqlitePaceMemoryTests() : PaceMemoryTests(DatabaseProvider.Sqlite);

public sealed class PostgreSqlPaceMemoryTests() : PaceMemoryTests(DatabaseProvider.PostgreSql);

using System.Globalization;
using Herald.Domain;
using Herald.Domain.Campaigns;
using Herald.Domain.Messages;
using Herald.Domain.Portfolios;
using Herald.Domain.Senders;
using Herald.Domain.Templates;
using Herald.Domain.Tenants;
using Herald.Grains;
using Herald.Grains.Campaigns;
using Herald.Host.Tests.Support;
using Herald.Simulator;
using Herald.Storage.Messages;
using Herald.Storage.Portfolios;
using Herald.Storage.Tenants;
using Orleans;

namespace Herald.Host.Tests.Portfolios;

/// <summary>A whole host against a simulator that refuses whoever is over the limit of their portfolio.</summary>
public sealed class PortfolioLimitTests : IAsyncLifetime
{
    private const int PeopleMax = 50;
    private const int PeopleOfCampaign = 40;
    private static readonly CancellationToken None = CancellationToken.None;
    private WholeHost? _host;
    private SimulatedBusiness? _business;
    private WholeHost Host => _host ?? throw new InvalidOperationException("The test has not begun.");

    private SimulatedBusiness Business => _business ?? throw new InvalidOperationException("The test has not begun.");

    public async Task InitializeAsync() => _host = await WholeHost.StartAsync(callback =>
    {
        var setup = new SimulatorOptions
        {
            CallbackUrl = callback,
            Behaviour = new BehaviourOptions { TimeScale = 0 },
            Templates = new TemplateReviewOptions { ReviewDelay = TimeSpan.Zero },
            Limits = new LimitOptions { PortfolioPeopleMax = PeopleMax },
        };
        _business = setup.AddBusiness("Shop", new NumberSetup("34911000001"), new NumberSetup("34911000002"));
        return setup;
    });

    public async Task DisposeAsync()
    {
        if (_host is not null)
            await _host.DisposeAsync();
    }

    [Fact]
    public async Task Two_numbers_of_one_portfolio_fill_its_limit_and_the_rest_waits_for_tomorrow()
    {
        var tenant = await AddTenantAsync();
        var template = await Rows.AddTemplateAsync(tenant, Business, isKnownToMeta: true);
        var first = await AddCampaignAsync(tenant, template, await AddSenderAsync(tenant, 0), "3460000");
        var second = await AddCampaignAsync(tenant, template, await AddSenderAsync(tenant, 1), "3470000");

        await LaunchAsync(tenant, first);
        await Eventually.HoldsAsync("the first campaign is sent", async () => (await QueuedAsync(tenant, first)).Count == 0
            && Host.Simulator.GetSends().Count == PeopleOfCampaign);
        var forecast = await Get<IPortfolioStore>().ForecastAsync(tenant, second, Now, None);
        await LaunchAsync(tenant, second);
        await Eventually.HoldsAsync("the limit is used up", async () => Host.Simulator.GetSends().Count >= PeopleMax
            && (await QueuedAsync(tenant, second)).All(message => message.DueTime > TimeProvider.System.GetUtcNow().AddHours(23)));

        Assert.Equal(
            new PortfolioForecast(PeopleMax, PeopleReached: 40, PeopleWaiting: 0, People: 40, PeopleNow: 10, PeopleShared: 0, Days: 2, IsOver: true), forecast);
        Assert.Equal(PeopleMax, Host.Simulator.GetSends().Select(send => send.Phone).Distinct().Count());
        Assert.Equal(30, (await QueuedAsync(tenant, second)).Count);
        Assert.False(Host.Simulator.GetState().RefusedByCode.ContainsKey(131048));
    }

    [Fact]
    public async Task What_the_limit_put_off_goes_out_as_soon_as_the_limit_is_raised()
    {
        var tenant = await AddTenantAsync();
        var template = await Rows.AddTemplateAsync(tenant, Business, isKnownToMeta: true);
        var campaign = await AddCampaignAsync(tenant, template, await AddSenderAsync(tenant, 0), "3460000");
        Assert.True(await Get<IPortfolioStore>().LimitAsync(Business.BusinessId, 10, Now.AddSeconds(1), None));

        await LaunchAsync(tenant, campaign);
        await Eventually.HoldsAsync("the limit is used up", async () => Host.Simulator.GetSends().Count == 10
            && (await QueuedAsync(tenant, campaign)) is { Count: PeopleOfCampaign - 10 } queued
            && queued.All(message => message.DueTime > TimeProvider.System.GetUtcNow().AddHours(23)));
        Assert.True(await Get<IPortfolioStore>().LimitAsync(Business.BusinessId, 25, Now.AddSeconds(2), None));
        await Eventually.HoldsAsync("the higher limit is used up", () => Task.FromResult(Host.Simulator.GetSends().Count == 25));
        Assert.True(await Get<IPortfolioStore>().LimitAsync(Business.BusinessId, null, Now.AddSeconds(3), None));
        await Eventually.HoldsAsync("all is sent", async () => (await QueuedAsync(tenant, campaign)).Count == 0
            && Host.Simulator.GetSends().Count == PeopleOfCampaign);

        Assert.Equal(PeopleOfCampaign, Host.Simulator.GetSends().Select(send => send.Phone).Distinct().Count());
    }

    [Fact]
    public async Task Whom_the_limit_put_off_gets_the_message_as_soon_as_they_write()
    {
        var tenant = await AddTenantAsync();
        var template = await Rows.AddTemplateAsync(tenant, Business, isKnownToMeta: true);
        var campaign = await AddCampaignAsync(tenant, template, await AddSenderAsync(tenant, 0), "3460000");
        Assert.True(await Get<IPortfolioStore>().LimitAsync(Business.BusinessId, 10, Now.AddSeconds(1), None));
        await LaunchAsync(tenant, campaign);
        await Eventually.HoldsAsync("the limit is used up", async () => Host.Simulator.GetSends().Count == 10
            && (await QueuedAsync(tenant, campaign)) is { Count: PeopleOfCampaign - 10 } queued
            && queued.All(message => message.DueTime > TimeProvider.System.GetUtcNow().AddHours(23)));
        var reached = Host.Simulator.GetSends().Select(send => send.Phone).ToHashSet();
        var waiting = Enumerable.Range(0, PeopleOfCampaign).Select(i => PhoneOf("3460000", i)).First(phone => !reached.Contains(phone));

        await Host.Simulator.SendTextAsync(waiting, Business.Numbers[0].PhoneNumberId, "hello", null);

        await Eventually.HoldsAsync("the person who wrote has it", () => Task.FromResult(Host.Simulator.GetSends().Any(send => send.Phone == waiting)));
        Assert.Equal(11, Host.Simulator.GetSends().Count);
        Assert.Equal(PeopleOfCampaign - 11, (await QueuedAsync(tenant, campaign)).Count);
    }

    private T Get<T>()
        where T : notnull => Host.Get<T>();

    private BusinessRows Rows => new(Host.Services, Now);

    private static DateTimeOffset Now => Micros.Truncate(TimeProvider.System.GetUtcNow());

    private async Task LaunchAsync(TenantId tenant, CampaignId campaign)
    {
        var grain = Get<IGrainFactory>().GetGrain<ICampaignGrain>(GrainKeys.Campaign(tenant, campaign));
        Assert.True((await grain.Launch(new LaunchCampaign { Actor = "test" })).IsAccepted);
    }

    private Task<IReadOnlyList<MessageRow>> QueuedAsync(TenantId tenant, CampaignId campaign) =>
        Get<IMessageStore>().ListAsync(tenant, campaign, null, MessageState.Queued, null, 100, None);

    private async Task<TenantId> AddTenantAsync()
    {
        var tenant = await Rows.AddTenantAsync("Shop");
        await Get<IPortfolioStore>().SetAsync(
            new PortfolioRow { PortfolioId = Business.BusinessId, PeopleMax = PeopleMax, ReservePercent = 0, UpdateTime = Now }, None);
        return tenant;
    }

    private async Task<SenderId> AddSenderAsync(TenantId tenant, int number)
    {
        var sender = await Rows.AddSenderAsync(tenant, Business, number);
        var row = await Get<ISenderStore>().GetAsync(tenant, sender, None);
        Assert.NotNull(await Get<ISenderStore>().UpdateAsync(row! with { PortfolioId = Business.BusinessId }, None));
        return sender;
    }

    private static string PhoneOf(string phones, int number) => phones + number.ToString("d4", CultureInfo.InvariantCulture);

    private async Task<CampaignId> AddCampaignAsync(TenantId tenant, TemplateId template, SenderId sender, string phones)
    {
        var people = Enumerable.Range(0, PeopleOfCampaign).Select(i => PhoneOf(phones, i));
        return await Rows.AddCampaignAsync(tenant, template, sender, await Rows.AddListAsync(tenant, people), isRunning: false);
    }
}

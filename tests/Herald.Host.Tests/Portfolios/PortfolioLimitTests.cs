using System.Globalization;
using Herald.Chaos;
using Herald.Domain;
using Herald.Domain.Campaigns;
using Herald.Domain.Consents;
using Herald.Domain.Contacts;
using Herald.Domain.Messages;
using Herald.Domain.Portfolios;
using Herald.Domain.Senders;
using Herald.Domain.Templates;
using Herald.Domain.Tenants;
using Herald.Grains;
using Herald.Grains.Campaigns;
using Herald.Host.Start;
using Herald.Host.Tests.Crash;
using Herald.Host.Tests.Failures;
using Herald.Simulator;
using Herald.Storage.Campaigns;
using Herald.Storage.Contacts;
using Herald.Storage.Messages;
using Herald.Storage.Portfolios;
using Herald.Storage.Templates;
using Herald.Storage.Tenants;
using Herald.WhatsApp;
using Herald.WhatsApp.Templates;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Orleans;

namespace Herald.Host.Tests.Portfolios;

/// <summary>A whole host against a simulator that refuses whoever is over the limit of their portfolio.</summary>
public sealed class PortfolioLimitTests : IAsyncLifetime
{
    private const int PeopleMax = 50;
    private const int PeopleOfCampaign = 40;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private static readonly CancellationToken None = CancellationToken.None;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("herald-portfolio-");
    private SimulatorHost _simulator = null!;
    private SimulatedBusiness _business = null!;
    private WebApplication _app = null!;

    public async Task InitializeAsync()
    {
        var webhooks = HostProcess.FreeAddress();
        var setup = new SimulatorOptions
        {
            CallbackUrl = new Uri(webhooks, "/webhooks/whatsapp"),
            Behaviour = new BehaviourOptions { TimeScale = 0 },
            Templates = new TemplateReviewOptions { ReviewDelay = TimeSpan.Zero },
            Limits = new LimitOptions { PortfolioPeopleMax = PeopleMax },
        };
        _business = setup.AddBusiness("Shop", new NumberSetup("34911000001"), new NumberSetup("34911000002"));
        _simulator = await SimulatorHost.StartAsync(setup, None);
        var builder = ServeCommand.CreateBuilder([]);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Herald:Database"] = Path.Combine(_folder.FullName, "herald.db"),
            ["Herald:WhatsApp:BaseAddress"] = _simulator.BaseAddress.ToString(),
            ["Herald:WhatsApp:AppId"] = setup.AppId,
            ["Herald:WhatsApp:AppSecret"] = setup.AppSecret,
            ["Herald:Webhooks:AppSecrets:0"] = setup.AppSecret,
            ["Herald:Webhooks:VerifyToken"] = setup.VerifyToken,
            ["Kestrel:Endpoints:Grpc:Url"] = HostProcess.FreeAddress().ToString(),
            ["Kestrel:Endpoints:Webhooks:Url"] = webhooks.ToString(),
            ["Logging:LogLevel:Default"] = "None",
        });
        _app = HeraldHost.Build(builder);
        await HeraldHost.PrepareAsync(_app, None);
        await _app.StartAsync();
    }

    public async Task DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        await _simulator.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Two_numbers_of_one_portfolio_fill_its_limit_and_the_rest_waits_for_tomorrow()
    {
        var tenant = await AddTenantAsync();
        var template = await AddTemplateAsync(tenant);
        var first = await AddCampaignAsync(tenant, template, await AddSenderAsync(tenant, 0), "3460000");
        var second = await AddCampaignAsync(tenant, template, await AddSenderAsync(tenant, 1), "3470000");

        await LaunchAsync(tenant, first);
        await CrashWorld.EventuallyAsync("the first campaign is sent", Limit, async () => (await QueuedAsync(tenant, first)).Count == 0
            && _simulator.Control.GetSends().Count == PeopleOfCampaign);
        var forecast = await Get<IPortfolioStore>().ForecastAsync(tenant, second, Now, None);
        await LaunchAsync(tenant, second);
        await CrashWorld.EventuallyAsync("the limit is used up", Limit, async () => _simulator.Control.GetSends().Count >= PeopleMax
            && (await QueuedAsync(tenant, second)).All(message => message.DueTime > TimeProvider.System.GetUtcNow().AddHours(23)));

        Assert.Equal(
            new PortfolioForecast(PeopleMax, PeopleReached: 40, PeopleWaiting: 0, People: 40, PeopleNow: 10, PeopleShared: 0, Days: 2, IsOver: true), forecast);
        Assert.Equal(PeopleMax, _simulator.Control.GetSends().Select(send => send.Phone).Distinct().Count());
        Assert.Equal(30, (await QueuedAsync(tenant, second)).Count);
        Assert.False(_simulator.Control.GetState().RefusedByCode.ContainsKey(131048));
    }

    [Fact]
    public async Task What_the_limit_put_off_goes_out_as_soon_as_the_limit_is_raised()
    {
        var tenant = await AddTenantAsync();
        var template = await AddTemplateAsync(tenant);
        var campaign = await AddCampaignAsync(tenant, template, await AddSenderAsync(tenant, 0), "3460000");
        Assert.True(await Get<IPortfolioStore>().LimitAsync(_business.BusinessId, 10, Now.AddSeconds(1), None));

        await LaunchAsync(tenant, campaign);
        await CrashWorld.EventuallyAsync("the limit is used up", Limit, async () => _simulator.Control.GetSends().Count == 10
            && (await QueuedAsync(tenant, campaign)) is { Count: PeopleOfCampaign - 10 } queued
            && queued.All(message => message.DueTime > TimeProvider.System.GetUtcNow().AddHours(23)));
        Assert.True(await Get<IPortfolioStore>().LimitAsync(_business.BusinessId, 25, Now.AddSeconds(2), None));
        await CrashWorld.EventuallyAsync("the higher limit is used up", Limit, () => Task.FromResult(_simulator.Control.GetSends().Count == 25));
        Assert.True(await Get<IPortfolioStore>().LimitAsync(_business.BusinessId, null, Now.AddSeconds(3), None));
        await CrashWorld.EventuallyAsync("all is sent", Limit, async () => (await QueuedAsync(tenant, campaign)).Count == 0
            && _simulator.Control.GetSends().Count == PeopleOfCampaign);

        Assert.Equal(PeopleOfCampaign, _simulator.Control.GetSends().Select(send => send.Phone).Distinct().Count());
    }

    private T Get<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

    private Guid NewId() => Get<IIdSource>().NewId();

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
        var tenant = new TenantId(NewId());
        Assert.True(await Get<ITenantStore>().InsertAsync(new TenantRow
        {
            TenantId = tenant,
            Kind = TenantKind.Business,
            State = TenantState.Active,
            DisplayName = "Shop",
            TimeZone = "UTC",
            DefaultRegion = "ES",
            Language = "en",
            Version = 1,
            CreateTime = Now,
            UpdateTime = Now,
        }, None));
        await Get<IPortfolioStore>().SetAsync(
            new PortfolioRow { PortfolioId = _business.BusinessId, PeopleMax = PeopleMax, ReservePercent = 0, UpdateTime = Now }, None);
        return tenant;
    }

    private async Task<SenderId> AddSenderAsync(TenantId tenant, int number)
    {
        var sender = await new FailurePopulation(_app.Services, _simulator.Control).AddSenderAsync(tenant, _business, number, SenderKind.Business);
        var row = await Get<ISenderStore>().GetAsync(tenant, sender, None);
        Assert.NotNull(await Get<ISenderStore>().UpdateAsync(row! with { PortfolioId = _business.BusinessId }, None));
        return sender;
    }

    private async Task<TemplateId> AddTemplateAsync(TenantId tenant)
    {
        var definition = new TemplateDefinition("news", "en_US", TemplateCategory.Marketing) { Body = "There is news in our shop today." };
        var created = await Get<IWhatsAppClient>().CreateTemplateAsync(_business.WabaId, new AccessToken(_business.Token), definition, None);
        Assert.True(created.IsSuccess);
        var template = new TemplateId(NewId());
        await Get<ITemplateStore>().InsertAsync(new TemplateRow
        {
            TenantId = tenant,
            TemplateId = template,
            WabaId = _business.WabaId,
            MetaTemplateId = created.Value.TemplateId,
            Name = "news",
            Language = "en_US",
            Category = TemplateCategory.Marketing,
            State = TemplateState.Approved,
            RejectedReason = "",
            Quality = "",
            Definition = definition.ToJson(),
            Version = 1,
            CreateTime = Now,
            UpdateTime = Now,
        }, None);
        return template;
    }

    private async Task<CampaignId> AddCampaignAsync(TenantId tenant, TemplateId template, SenderId sender, string phones)
    {
        var list = new ContactListId(NewId());
        await Get<IContactListStore>().InsertAsync(
            new ContactListRow { TenantId = tenant, ListId = list, DisplayName = "All", Version = 1, CreateTime = Now, UpdateTime = Now }, None);
        var rows = Enumerable.Range(0, PeopleOfCampaign).Select(i => Person(phones + i.ToString("d4", CultureInfo.InvariantCulture))).ToList();
        await Get<IContactStore>().ImportAsync(tenant, new ContactImportBatch { ListId = list, Rows = rows, Now = Now }, None);
        var campaign = new CampaignId(NewId());
        var inserted = await Get<ICampaignStore>().InsertAsync(new CampaignRow
        {
            TenantId = tenant,
            CampaignId = campaign,
            DisplayName = "News",
            TemplateId = template,
            SenderId = sender,
            ListId = list,
            Parameters = "{}",
            State = CampaignState.Draft,
            PauseCause = PauseCause.None,
            PauseActor = "",
            StateDetail = "",
            Recipients = 0,
            PrepareCursor = null,
            PrepareDone = false,
            LastRequestId = "",
            ScheduleTime = null,
            LaunchTime = null,
            StartTime = null,
            EndTime = null,
            Version = 1,
            CreateTime = Now,
            UpdateTime = Now,
        }, None);
        Assert.Equal(CampaignInsertResult.Inserted, inserted);
        return campaign;
    }

    private ContactImportRow Person(string phone)
    {
        var id = new ConsentEventId(NewId());
        return new ContactImportRow
        {
            NewContactId = new ContactId(NewId()),
            Phone = phone,
            PhoneVariants = [],
            DisplayName = "",
            Language = "",
            TimeZone = "",
            Attributes = new Dictionary<string, string>(),
            Consent = new ContactImportConsent
            {
                EventId = id,
                Purpose = ConsentPurpose.Marketing,
                Action = ConsentAction.Grant,
                Source = ConsentSource.Import,
                EvidenceKey = $"file/{id}",
                Evidence = "{}",
                Actor = "test",
                EventTime = Now,
            },
        };
    }
}

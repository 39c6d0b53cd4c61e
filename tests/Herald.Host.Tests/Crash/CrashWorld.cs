using Herald.Chaos;
using Herald.Contracts.Campaigns.V1;
using Herald.Contracts.Templates.V1;
using Herald.Contracts.Tenants.V1;
using Herald.Host.Demo;
using Herald.Host.Tests.Support;
using Herald.Simulator;
using Herald.Storage;
using Herald.Testing;

namespace Herald.Host.Tests.Crash;

/// <summary>A simulator in this process, a database, and settings for hosts in processes of their own.</summary>
internal sealed class CrashWorld : IAsyncDisposable
{
    private readonly TestDatabase _database;
    private readonly SimulatorOptions _setup;
    private DemoPartner? _partner;
    private string _key = "";

    private CrashWorld(TestDatabase database, SimulatorOptions setup, SimulatorHost simulator)
    {
        _database = database;
        _setup = setup;
        Simulator = simulator;
    }

    public SimulatorHost Simulator { get; }

    public string Campaign { get; private set; } = "";

    public static async Task<CrashWorld> CreateAsync(DatabaseProvider provider, Uri webhooks)
    {
        var setup = new SimulatorOptions
        {
            Seed = 11,
            CallbackUrl = new Uri(webhooks, "/webhooks/whatsapp"),
            Behaviour = new BehaviourOptions { TimeScale = 0.02, ReadShare = 0.5 },
            Webhooks = new WebhookOptions { RetryDelayMax = TimeSpan.FromSeconds(2) },
        };
        setup.AddBusiness("Herald", new NumberSetup("34911000001"));
        setup.AddBusiness("Luna Bakery", new NumberSetup("34911000002") { Level = Herald.Simulator.ThroughputLevel.High });
        var database = await TestDatabase.CreateAsync(provider);
        await OrleansTables.CreateAsync(database);
        return new CrashWorld(database, setup, await SimulatorHost.StartAsync(setup, CancellationToken.None));
    }

    public Dictionary<string, string> Settings() => new()
    {
        ["Herald__Database"] = _database.Options.ConnectionString,
        ["Herald__WhatsApp__BaseAddress"] = Simulator.BaseAddress.ToString(),
        ["Herald__WhatsApp__AppId"] = _setup.AppId,
        ["Herald__WhatsApp__AppSecret"] = _setup.AppSecret,
        ["Herald__WhatsApp__RequestTimeout"] = "00:00:05",
        ["Herald__Webhooks__AppSecrets__0"] = _setup.AppSecret,
        ["Herald__Webhooks__VerifyToken"] = _setup.VerifyToken,
        ["Herald__Delivery__ClaimDuration"] = "00:00:12",
        ["Logging__LogLevel__Microsoft.Hosting.Lifetime"] = "Information",
    };

    /// <summary>Everything up to a launched campaign, over gRPC.</summary>
    public async Task LaunchAsync(HostProcess host, int recipients)
    {
        var ct = CancellationToken.None;
        _partner = new DemoPartner(host.Grpc, new TestIds(3));
        var admin = host.FirstStart.AdminKey;
        var tenant = (await _partner.CreateTenantAsync(admin, ct)).Name;
        _key = await _partner.CreateKeyAsync(admin, tenant, ct);
        var bakery = _setup.Businesses[1];
        var sender = await _partner.ConnectAsync(_key, tenant, bakery, SenderKind.Business, ct);
        var template = await _partner.CreateTemplateAsync(_key, tenant, bakery.WabaId, ct);
        template = await Eventually.IsAsync(
            "the template is approved", () => _partner.GetTemplateAsync(_key, template.Name, ct), read => read.State == TemplateState.Approved);
        var list = await _partner.CreateListAsync(_key, tenant, ct);
        await _partner.ImportAsync(_key, tenant, list.Name, DemoAudience.Csv(recipients, TimeProvider.System.GetUtcNow()), ct);
        var campaign = await _partner.CreateCampaignAsync(_key, tenant, new Campaign
        {
            DisplayName = "Crash",
            Template = template.Name,
            Sender = sender.Name,
            ContactList = list.Name,
            Parameters =
            {
                ["body.1"] = new ParameterSource { Attribute = "display_name", Fallback = "friend" },
                ["body.2"] = new ParameterSource { Attribute = "offer", Fallback = "10%" },
            },
        }, ct);
        Campaign = campaign.Name;
        await _partner.LaunchAsync(_key, Campaign, ct);
    }

    public Task<Campaign> GetCampaignAsync() => _partner!.GetCampaignAsync(_key, Campaign, CancellationToken.None);

    public Task<CampaignReport> GetReportAsync() => _partner!.GetReportAsync(_key, Campaign, CancellationToken.None);

    /// <summary>Talks to another host of the same database from now on, in both directions.</summary>
    public void TalkTo(HostProcess host)
    {
        Simulator.Control.SetCallback(new Uri(host.Webhooks, "/webhooks/whatsapp"), _setup.VerifyToken);
        _partner?.Dispose();
        _partner = new DemoPartner(host.Grpc, new TestIds(4));
    }

    public async ValueTask DisposeAsync()
    {
        _partner?.Dispose();
        await Simulator.DisposeAsync();
        await _database.DisposeAsync();
    }
}

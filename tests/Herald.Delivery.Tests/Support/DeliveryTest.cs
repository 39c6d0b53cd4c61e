using Herald.Domain.Campaigns;
using Herald.Domain.Contacts;
using Herald.Domain.Messages;
using Herald.Storage;
using Herald.Storage.Campaigns;
using Herald.Storage.Leases;
using Herald.Storage.Messages;
using Herald.Storage.Tenants;
using Herald.Testing.Nodes;

namespace Herald.Delivery.Tests.Support;

/// <summary>A test class that runs on both databases; each test has a business and a Meta of its own.</summary>
public abstract class DeliveryTest(DatabaseProvider provider) : IAsyncLifetime
{
    private readonly List<DeliveryLoops> _loops = [];
    private IDisposable? _listening;
    private SwitchableSignals? _signals;
    private TestNode? _node;
    private Business? _business;

    protected DatabaseProvider Provider { get; } = provider;

    private protected ShiftableClock Clock { get; } = new();

    private protected FakeMeta Meta { get; } = new();

    private protected Watch Watch { get; } = new();

    private protected StoreHooks Messages { get; } = new();

    private protected StoreHooks Campaigns { get; } = new();

    private protected StoreHooks Leases { get; } = new();

    private protected SwitchableSignals Signals => _signals ?? throw new InvalidOperationException("The test has not begun.");

    private protected TestNode Node => _node ?? throw new InvalidOperationException("The test has not begun.");

    private protected Business Shop => _business ?? throw new InvalidOperationException("The test has not begun.");

    protected DateTimeOffset Now => Clock.GetUtcNow();

    /// <summary>Whether a loop ends with an exception in this test, on purpose.</summary>
    protected bool ExpectsFault { get; set; }

    public async Task InitializeAsync()
    {
        _node = await TestNode.CreateAsync(Provider, Clock);
        _node.Replace<IMessageStore>(inner => Pulsing.Around(Messages.Around(inner)));
        _node.Replace<ICampaignStore>(inner => Pulsing.Around(Campaigns.Around(inner)));
        _node.Replace<ILeaseStore>(inner => Pulsing.Around(Leases.Around(inner)));
        _node.Replace<ISenderStore>(Pulsing.Around);
        _node.Replace<IDatabaseSignals>(inner => _signals = new SwitchableSignals(inner));
        await _node.StartSiloAsync();
        if (Provider == DatabaseProvider.PostgreSql)
            await ListenAsync(_node.Get<IDatabaseSignals>());
        _business = await _node.People.AddBusinessAsync("Lucky Shrub", "100");
    }

    public async Task DisposeAsync()
    {
        var faults = _loops.Select(loops => loops.Fault).OfType<Exception>().ToList();
        foreach (var loops in _loops)
            await loops.DisposeAsync();
        _listening?.Dispose();
        if (_node is not null)
            await _node.DisposeAsync();
        if (!ExpectsFault)
            Assert.Empty(faults);
        Node.Log.AssertClean();
    }

    private StoreHooks Pulsing => new()
    {
        After = (_, _) =>
        {
            Watch.Pulse();
            return Task.CompletedTask;
        },
    };

    /// <summary>Listening begins with a signal that says "look at everything"; it comes before the test, not in its middle.</summary>
    private async Task ListenAsync(IDatabaseSignals signals)
    {
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _listening = signals.Subscribe(SignalChannels.OptOutChannel, _ => begun.TrySetResult());
        await begun.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    private protected Task<DeliveryLoops> StartAsync() => StartAsync(new Dictionary<string, string?>());

    private protected Task<DeliveryLoops> StartAsync(Dictionary<string, string?> options) => StartOnAsync(Node, options);

    private protected async Task<DeliveryLoops> StartOnAsync(TestNode node, Dictionary<string, string?> options)
    {
        var loops = await DeliveryLoops.StartAsync(
            node, services => Microsoft.Extensions.DependencyInjection.ServiceCollectionServiceExtensions.AddSingleton<Herald.WhatsApp.IWhatsAppClient>(services, Meta), options);
        _loops.Add(loops);
        return loops;
    }

    /// <summary>People and a running campaign with a queued message to each of them.</summary>
    private protected async Task<CampaignRow> AddQueuedAsync(int people)
    {
        await Node.People.AddPeopleAsync(Shop, people);
        return await Node.People.AddQueuedCampaignAsync(Shop);
    }

    private protected Task<IReadOnlyList<MessageRow>> UntilAllAsync(string what, Func<MessageRow, bool> holds) =>
        Watch.UntilAsync(what, () => Node.People.MessagesAsync(Shop.Tenant, null), rows => rows.Count > 0 && rows.All(holds));

    private protected Task<IReadOnlyList<MessageRow>> UntilAllAreAsync(MessageState state) => UntilAllAsync($"{state} of all", row => row.State == state);

    private protected async Task<MessageRow> UntilTheOneAsync(string what, Func<MessageRow, bool> holds) =>
        Assert.Single(await UntilAllAsync(what, holds));

    private protected Task<CampaignRow> UntilCampaignAsync(CampaignRow campaign, CampaignState state) => Watch.UntilAsync(
        $"{state} of the campaign", () => GetAsync(campaign), row => row.State == state);

    private protected async Task<CampaignRow> GetAsync(CampaignRow campaign) =>
        await Node.Get<ICampaignStore>().GetAsync(campaign.TenantId, campaign.CampaignId, default)
        ?? throw new InvalidOperationException("The campaign is gone.");

    private protected Task<ContactId> PersonAsync(int number) => Node.People.FindAsync(Shop.Tenant, Population.PhoneOf(number));
}

using System.Globalization;
using Herald.Chaos.Verdicts;
using Herald.Simulator;
using Herald.Testing;
using Npgsql;

namespace Herald.Chaos;

/// <summary>A database server of its own, a simulated WhatsApp, the network between, and the hosts.</summary>
internal sealed class ChaosWorld : IAsyncDisposable
{
    private const string Database = "herald_chaos";
    private const double TimeScale = 0.1;
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(200);
    private readonly SimulatorOptions _setup;
    private readonly TcpLink _webhooks;
    private readonly TestIds _ids;

    private ChaosWorld(
        ChaosOptions options, PostgresServer postgres, SimulatorOptions setup, SimulatorHost simulator, TcpLink webhooks, TcpLink whatsApp, HostGroup hosts)
    {
        Options = options;
        Postgres = postgres;
        _setup = setup;
        Simulator = simulator;
        _webhooks = webhooks;
        WhatsApp = whatsApp;
        Hosts = hosts;
        _ids = new TestIds(options.Seed);
    }

    public ChaosOptions Options { get; }

    public PostgresServer Postgres { get; }

    public SimulatorHost Simulator { get; }

    /// <summary>The network from the hosts to WhatsApp.</summary>
    public TcpLink WhatsApp { get; }

    public HostGroup Hosts { get; }

    /// <summary>The campaigns' names, in the order of the senders' numbers.</summary>
    public IReadOnlyList<string> Campaigns { get; private set; } = [];

    public IReadOnlyList<SimulatedNumber> Numbers => _setup.Businesses[0].Numbers;

    public string ConnectionString => ConnectionTo(Postgres);

    /// <summary>What was said of messages while they were UNKNOWN, which is forgotten when they end.</summary>
    public UnknownReasons Unknown { get; } = new();

    private Partner? Partner { get; set; }

    /// <summary>The newest lines of a host that lives.</summary>
    public string LastWords => Hosts.Any()?.Output ?? "No host lives.";

    public static async Task<ChaosWorld> StartAsync(ChaosOptions options, TextWriter output, CancellationToken ct)
    {
        var postgres = await PostgresServer.StartOwnAsync();
        HostGroup? hosts = null;
        SimulatorHost? simulator = null;
        var webhooks = new TcpLink(() => hosts?.Any()?.Webhooks);
        var whatsApp = new TcpLink(() => simulator?.BaseAddress);
        var setup = SetUp(options, webhooks.Address);
        simulator = await SimulatorHost.StartAsync(setup, ct);
        hosts = new HostGroup(options.Hosts, Settings(options, setup, postgres, whatsApp), output);
        var world = new ChaosWorld(options, postgres, setup, simulator, webhooks, whatsApp, hosts);
        try
        {
            await world.StartHostsAsync(ct);
            return world;
        }
        catch
        {
            await world.DisposeAsync();
            throw;
        }
    }

    /// <summary>Everything up to launched campaigns, over gRPC, while nothing is wrong yet.</summary>
    public async Task LaunchAsync(CancellationToken ct)
    {
        var partner = Partner ?? throw new InvalidOperationException("The hosts are not there yet.");
        var business = _setup.Businesses[0];
        var senders = new List<string>();
        foreach (var number in business.Numbers)
        {
            // It waits for WhatsApp, and a busy machine may keep it waiting for too long.
            string? sender = null;
            await EventuallyAsync("a sender is connected", TimeSpan.FromMinutes(1), async () =>
                (sender = await partner.TryConnectAsync(business, number, ct)) is not null, ct);
            senders.Add(sender ?? throw new InvalidOperationException("A connected sender has a name."));
        }
        var template = await partner.SubmitTemplateAsync(business.WabaId, ct);
        await EventuallyAsync("the template is approved", TimeSpan.FromMinutes(3), () => partner.IsApprovedAsync(template, ct), ct);
        var audience = new Audience(Options);
        var campaigns = new List<string>();
        for (var index = 0; index < senders.Count; index++)
        {
            var list = await partner.ImportAsync(audience.Csv(index, TimeProvider.System.GetUtcNow()), ct);
            campaigns.Add(await partner.CreateCampaignAsync(senders[index], template, list, ct));
        }
        Campaigns = campaigns;
        foreach (var campaign in campaigns)
            await partner.LaunchAsync(campaign, ct);
    }

    /// <summary>The partner at a host that lives now.</summary>
    public Partner Ask()
    {
        var host = Hosts.Any() ?? throw new InvalidOperationException("No host lives.");
        return (Partner ?? throw new InvalidOperationException("The hosts are not there yet.")).At(host.Grpc);
    }

    /// <summary>Waits until the condition holds; fails with what was waited for.</summary>
    public static async Task EventuallyAsync(string what, TimeSpan limit, Func<Task<bool>> holds, CancellationToken ct)
    {
        using var timer = new PeriodicTimer(Poll, TimeProvider.System);
        var started = TimeProvider.System.GetTimestamp();
        while (!await holds())
        {
            if (TimeProvider.System.GetElapsedTime(started) > limit)
                throw new TimeoutException($"Not within {limit}: {what}.");
            await timer.WaitForNextTickAsync(ct);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Partner?.Dispose();
        await Hosts.DisposeAsync();
        await _webhooks.DisposeAsync();
        await WhatsApp.DisposeAsync();
        await Simulator.DisposeAsync();
        await Postgres.DisposeAsync();
    }

    private async Task StartHostsAsync(CancellationToken ct)
    {
        await using (var connection = new NpgsqlConnection(Postgres.ConnectionString + ";Pooling=false"))
        {
            await connection.OpenAsync(ct);
            await using var create = new NpgsqlCommand($"CREATE DATABASE {Database}", connection);
            await create.ExecuteNonQueryAsync(ct);
        }
        await OrleansTables.CreateAsync(ConnectionString);
        await Hosts.StartAsync(0);
        var first = Hosts.Any() ?? throw new InvalidOperationException("The first host did not stay.");
        Partner = new Partner(first.Grpc, _ids);
        await Partner.CreateTenantAsync(first.FirstStart.AdminKey, ct);
        await Hosts.StartMissingAsync();
    }

    private static SimulatorOptions SetUp(ChaosOptions options, Uri webhooks)
    {
        var setup = new SimulatorOptions
        {
            Seed = options.Seed,
            CallbackUrl = new Uri(webhooks, "/webhooks/whatsapp"),
            Behaviour = new BehaviourOptions
            {
                TimeScale = TimeScale,
                DeliveredShare = 0.97,
                ReadShare = 0.5,
                // Codes that are final at once: a message that waits a day for its next attempt would keep its campaign open.
                FailureShares = new Dictionary<int, double> { [131026] = 0.01, [131053] = 0.01 },
                FailAfterSentShare = 0.25,
                Replies =
                [
                    new ReplyRule(0.03, ReplyKind.Text, "STOP"),
                    new ReplyRule(0.02, ReplyKind.TemplateButton, "Stop promotions"),
                    new ReplyRule(0.02, ReplyKind.Text, "Thank you!"),
                ],
                DuplicateShare = 0.05,
                ReorderShare = 0.05,
            },
            Webhooks = new WebhookOptions { RetryDelayMax = TimeSpan.FromSeconds(2) },
        };
        setup.AddBusiness("Luna Bakery",
            [.. Enumerable.Range(0, options.Senders).Select(index => new NumberSetup(string.Create(CultureInfo.InvariantCulture, $"349110000{index:D2}")))]);
        return setup;
    }

    private static Dictionary<string, string> Settings(ChaosOptions options, SimulatorOptions setup, PostgresServer postgres, TcpLink whatsApp) => new()
    {
        ["Herald__Database"] = ConnectionTo(postgres),
        ["Herald__WhatsApp__BaseAddress"] = whatsApp.Address.ToString(),
        ["Herald__WhatsApp__AppId"] = setup.AppId,
        ["Herald__WhatsApp__AppSecret"] = setup.AppSecret,
        ["Herald__WhatsApp__RequestTimeout"] = options.RequestTimeout.ToString(),
        ["Herald__Webhooks__AppSecrets__0"] = setup.AppSecret,
        ["Herald__Webhooks__VerifyToken"] = setup.VerifyToken,
        ["Herald__Webhooks__LeaseDuration"] = options.LeaseDuration.ToString(),
        ["Herald__Delivery__LeaseDuration"] = options.LeaseDuration.ToString(),
        ["Herald__Delivery__RenewInterval"] = (options.LeaseDuration / 3).ToString(),
        ["Herald__Delivery__ClaimDuration"] = options.ClaimDuration.ToString(),
        ["Herald__Delivery__UnknownGrace"] = options.UnknownGrace.ToString(),
        ["Logging__LogLevel__Microsoft.Hosting.Lifetime"] = "Information",
    };

    private static string ConnectionTo(PostgresServer postgres) =>
        new NpgsqlConnectionStringBuilder(postgres.ConnectionString) { Database = Database }.ConnectionString;
}

using System.Text;
using Herald.Domain;
using Herald.Grains.Secrets;
using Herald.Storage;
using Herald.Storage.Audit;
using Herald.Storage.Campaigns;
using Herald.Storage.Consents;
using Herald.Storage.Contacts;
using Herald.Storage.Leases;
using Herald.Storage.Messages;
using Herald.Storage.Portfolios;
using Herald.Storage.Templates;
using Herald.Storage.Tenants;
using Herald.Storage.Webhooks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans;

namespace Herald.Testing.Nodes;

/// <summary>
/// A database and a silo on it, with the stores that grains and loops share. A store can be replaced by one that watches or fails.
/// </summary>
internal sealed class TestNode : IAsyncDisposable
{
    private static readonly Type[] StoreTypes =
    [
        typeof(ITenantStore), typeof(ISenderStore), typeof(ISenderPaceStore), typeof(IOwnerStore), typeof(ITemplateStore), typeof(IContactStore),
        typeof(IContactListStore), typeof(IContactReachStore), typeof(IConsentStore), typeof(ICampaignStore), typeof(IMessageStore), typeof(IWebhookInbox),
        typeof(IPortfolioStore), typeof(ILeaseStore), typeof(IAuditStore), typeof(IDatabaseSignals),
    ];

    private readonly Dictionary<Type, object> _stores = [];
    private readonly bool _ownsDatabase;
    private GrainSilo? _silo;

    private TestNode(TestDatabase database, IServiceProvider stores, SharedDocuments documents, TimeProvider time, TestIds ids, string name, bool ownsDatabase)
    {
        Database = database;
        Documents = documents;
        Time = time;
        Ids = ids;
        Name = name;
        _ownsDatabase = ownsDatabase;
        foreach (var type in StoreTypes)
            _stores[type] = stores.GetRequiredService(type);
        People = new Population(this);
    }

    public TestDatabase Database { get; }

    public SharedDocuments Documents { get; }

    public TimeProvider Time { get; }

    public TestIds Ids { get; }

    public string Name { get; }

    public LogGuard Log { get; } = new();

    public Population People { get; }

    public ISecretProtector Secrets { get; } = new ReadableSecrets();

    public DateTimeOffset Now => Time.GetUtcNow();

    public IGrainFactory Grains => (_silo ?? throw new InvalidOperationException("The node has no silo yet.")).Grains;

    /// <summary>A fresh database and a node on it; its silo starts with <see cref="StartSiloAsync"/>.</summary>
    public static async Task<TestNode> CreateAsync(DatabaseProvider provider, TimeProvider time)
    {
        var database = await TestDatabase.CreateAsync(provider, time);
        return new TestNode(database, database.Services, new SharedDocuments(), time, new TestIds(1), "node-a", ownsDatabase: true);
    }

    /// <summary>Another node on the same database and the same grain documents.</summary>
    public TestNode CreateNeighbour(string name) => CreateNeighbour(name, Time);

    /// <summary>Another node on the same database and the same grain documents, with a clock of its own.</summary>
    public TestNode CreateNeighbour(string name, TimeProvider time) =>
        new(Database, Database.AddNode(time), Documents, time, Ids, name, ownsDatabase: false);

    public T Get<T>()
        where T : notnull => (T)_stores[typeof(T)];

    /// <summary>Puts a store into the place of the one before; to be called before anything starts.</summary>
    public void Replace<T>(Func<T, T> make)
        where T : notnull => _stores[typeof(T)] = make(Get<T>());

    public async Task StartSiloAsync() => _silo = await GrainSilo.StartAsync(AddTo, Documents);

    /// <summary>Ends the silo as a crash would leave it for the next: documents and rows stay, memory goes.</summary>
    public async Task RestartSiloAsync()
    {
        if (_silo is { } silo)
            await silo.DisposeAsync();
        await StartSiloAsync();
    }

    /// <summary>What grains, webhooks and delivery ask for.</summary>
    public void AddTo(IServiceCollection services)
    {
        foreach (var (type, store) in _stores)
            services.AddSingleton(type, store);
        services.AddSingleton(Time);
        services.AddSingleton<IIdSource>(Ids);
        services.AddSingleton<IRandomSource>(new SeededRandomSource(1));
        services.AddSingleton(Secrets);
        services.AddSingleton(new NodeName(Name));
        services.AddLogging(logging => logging.ClearProviders().AddProvider(Log).SetMinimumLevel(LogLevel.Information));
    }

    public async ValueTask DisposeAsync()
    {
        if (_silo is { } silo)
            await silo.DisposeAsync();
        if (_ownsDatabase)
            await Database.DisposeAsync();
    }

    /// <summary>Turned around, so that a stored token is not the token itself.</summary>
    private sealed class ReadableSecrets : ISecretProtector
    {
        public byte[] Protect(string secret) => [.. Encoding.UTF8.GetBytes(secret).Reverse()];

        public string Unprotect(byte[] protectedSecret) => Encoding.UTF8.GetString([.. protectedSecret.Reverse()]);
    }
}

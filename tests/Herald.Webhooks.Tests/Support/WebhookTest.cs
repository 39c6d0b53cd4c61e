using Herald.Storage;
using Herald.Testing.Nodes;

namespace Herald.Webhooks.Tests.Support;

/// <summary>A test class that runs on both databases, with a business of its own for each test and an edge that is driven round by round.</summary>
public abstract class WebhookTest(DatabaseProvider provider) : IAsyncLifetime
{
    protected const string Number = "100";
    protected const string Ana = "16505550001";
    protected const int AttemptsMax = 3;

    private TestNode? _node;
    private WebhookEdge? _edge;
    private Business? _business;

    private protected ShiftableClock Clock { get; } = new();

    private protected TestNode Node => _node ?? throw new InvalidOperationException("The test has not begun.");

    private protected WebhookEdge Edge => _edge ?? throw new InvalidOperationException("The test has not begun.");

    private protected Business Shop => _business ?? throw new InvalidOperationException("The test has not begun.");

    protected DateTimeOffset Now => Clock.GetUtcNow();

    /// <summary>Whether the inbox is processed without the test's doing.</summary>
    protected virtual bool ProcessesByItself => false;

    public async Task InitializeAsync()
    {
        _node = await TestNode.CreateAsync(provider, Clock);
        ReplaceStores(_node);
        await _node.StartSiloAsync();
        _business = await _node.People.AddBusinessAsync("Lucky Shrub", Number);
        _edge = await WebhookEdge.StartAsync(_node, ProcessesByItself, AttemptsMax);
    }

    public async Task DisposeAsync()
    {
        if (_edge is not null)
            await _edge.DisposeAsync();
        if (_node is not null)
            await _node.DisposeAsync();
        Node.Log.AssertClean();
    }

    private protected virtual void ReplaceStores(TestNode node)
    {
    }
}

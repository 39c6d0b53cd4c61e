using Herald.Storage;
using Herald.Testing.Nodes;

namespace Herald.Grains.Tests.Fixtures;

/// <summary>A test class whose tests have a database, a silo and a business of their own.</summary>
public abstract class GrainTest(DatabaseProvider provider) : IAsyncLifetime
{
    private TestNode? _node;
    private Business? _business;

    private protected ShiftableClock Clock { get; } = new();

    private protected TestNode Node => _node ?? throw new InvalidOperationException("The test has not begun.");

    private protected Business Shop => _business ?? throw new InvalidOperationException("The test has not begun.");

    protected DateTimeOffset Now => Clock.GetUtcNow();

    public async Task InitializeAsync()
    {
        _node = await TestNode.CreateAsync(provider, Clock);
        ReplaceStores(_node);
        await _node.StartSiloAsync();
        _business = await _node.People.AddBusinessAsync("Lucky Shrub", "100");
        await PrepareAsync();
    }

    public async Task DisposeAsync()
    {
        if (_node is not null)
            await _node.DisposeAsync();
    }

    private protected virtual void ReplaceStores(TestNode node)
    {
    }

    protected virtual Task PrepareAsync() => Task.CompletedTask;
}

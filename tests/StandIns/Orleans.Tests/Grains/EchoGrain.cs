using Orleans.Runtime;

namespace Orleans.Tests.Grains;

public sealed class EchoGrain : Grain, IEchoGrain
{
    private int _calls;

    public static AsyncLocal<string?> Ambient { get; } = new();

    public Task<string> Echo(string text) => Task.FromResult(text);

    public async ValueTask<int> Add(int first, int second)
    {
        await Task.Yield();
        return first + second;
    }

    public ValueTask Nothing() => ValueTask.CompletedTask;

    public Task<string?> NullText() => Task.FromResult<string?>(null);

    public Task<string> Key() => Task.FromResult(this.GetPrimaryKeyString());

    public Task<int> CountCalls() => Task.FromResult(++_calls);

    public Task Fail(string message) => throw new InvalidOperationException(message);

    public Task<string> EchoBy(string otherKey, string text) => GrainFactory.GetGrain<IEchoGrain>(otherKey).Echo(text);

    public Task<string?> ReadContext(string name) => Task.FromResult(RequestContext.Get(name) as string);

    public Task<string?> ReadContextBy(string otherKey, string name) => GrainFactory.GetGrain<IEchoGrain>(otherKey).ReadContext(name);

    public Task WriteContext(string name, string value)
    {
        RequestContext.Set(name, value);
        return Task.CompletedTask;
    }

    public Task<IEchoGrain> Self() => Task.FromResult(this.AsReference<IEchoGrain>());

    public Task<bool> SeesAmbient() => Task.FromResult(Ambient.Value is not null);
}

namespace Orleans.Tests.Grains;

[KeepAlive]
public sealed class KeptGrain : Grain, IKeptGrain
{
    private int _touches;

    public Task<int> Touch() => Task.FromResult(++_touches);
}

namespace Orleans.Tests.Grains;

public sealed class GateGrain(Probe probe) : Grain, IGateGrain
{
    private int _inside;

    public async Task Pass(string name)
    {
        _inside++;
        probe.Note($"begin {name}");
        await probe.Pass(name);
        probe.Note($"end {name}");
        _inside--;
    }

    public Task<int> Look() => Task.FromResult(_inside);

    public Task Read(string name) => Pass(name);

    public Task Tell(string name) => Pass(name);
}

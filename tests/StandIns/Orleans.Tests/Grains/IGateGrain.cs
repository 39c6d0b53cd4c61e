using Orleans.Concurrency;

namespace Orleans.Tests.Grains;

public interface IGateGrain : IGrainWithStringKey
{
    /// <summary>Notes "begin name", waits at the gate of that name, and notes "end name".</summary>
    Task Pass(string name);

    [AlwaysInterleave]
    Task<int> Look();

    [ReadOnly]
    Task Read(string name);

    [OneWay]
    Task Tell(string name);
}

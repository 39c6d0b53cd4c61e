using Orleans.Concurrency;

namespace Orleans.Tests.Grains;

[Reentrant]
public sealed class BusyGrain(Probe probe) : Grain, IBusyGrain
{
    private int _count;
    private int _threads;

    public async Task Pass(string name)
    {
        probe.Note($"begin {name}");
        await probe.Pass(name);
    }

    public async Task<int> CountSlowly()
    {
        for (var round = 0; round < 20; round++)
        {
            // Turns interleave at each await, but two of them never run at the same time.
            if (Interlocked.Increment(ref _threads) != 1)
            {
                throw new InvalidOperationException("Two turns ran at the same time.");
            }

            _count++;
            Interlocked.Decrement(ref _threads);
            await Task.Yield();
        }

        return _count;
    }
}

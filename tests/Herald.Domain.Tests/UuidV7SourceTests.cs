using FsCheck;
using FsCheck.Fluent;

namespace Herald.Domain.Tests;

public sealed class UuidV7SourceTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    private readonly StoppedClock _clock = new(Start);

    [Fact]
    public void An_id_carries_the_time_and_the_version_and_variant_of_RFC_9562()
    {
        var bytes = new UuidV7Source(_clock, new SeededRandomSource(1)).NewId().ToByteArray(bigEndian: true);

        var milliseconds = bytes.Take(6).Aggregate(0L, (sum, next) => (sum << 8) | next);
        Assert.Equal(Start.ToUnixTimeMilliseconds(), milliseconds);
        Assert.Equal(0x70, bytes[6] & 0xF0);
        Assert.Equal(0x80, bytes[8] & 0xC0);
    }

    [Fact]
    public void Ids_of_one_millisecond_grow()
    {
        var source = new UuidV7Source(_clock, new SeededRandomSource(7));

        var ids = Enumerable.Range(0, 10_000).Select(_ => source.NewId()).ToList();

        Assert.Equal(ids.Order(), ids);
        Assert.Equal(ids.Count, ids.Distinct().Count());
    }

    [Fact]
    public void Ids_grow_however_the_clock_moves() => Prop.ForAll(
        ArbMap.Default.ArbFor<int[]>(),
        stepsMs =>
        {
            var clock = new StoppedClock(Start);
            var source = new UuidV7Source(clock, new SeededRandomSource(stepsMs.Length));
            var last = source.NewId();
            foreach (var stepMs in stepsMs)
            {
                clock.Now += TimeSpan.FromMilliseconds(stepMs);
                var next = source.NewId();
                if (next.CompareTo(last) <= 0)
                    return false;
                last = next;
            }
            return true;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Ids_grow_even_when_the_random_part_overflows_its_millisecond()
    {
        var source = new UuidV7Source(_clock, new HighestRandomSource());

        var ids = Enumerable.Range(0, 100).Select(_ => source.NewId()).ToList();

        Assert.Equal(ids.Order(), ids);
        Assert.All(ids, id => Assert.Equal(0x70, id.ToByteArray(bigEndian: true)[6] & 0xF0));
    }

    [Fact]
    public void The_textual_order_is_the_order_of_creation()
    {
        var source = new UuidV7Source(_clock, new SeededRandomSource(3));

        var texts = Enumerable.Range(0, 1000).Select(_ => source.NewId().ToString("D")).ToList();

        Assert.Equal(texts.Order(StringComparer.Ordinal), texts);
    }

    [Fact]
    public void Equal_seeds_and_clocks_give_equal_ids()
    {
        var one = new UuidV7Source(_clock, new SeededRandomSource(42));
        var other = new UuidV7Source(_clock, new SeededRandomSource(42));

        Assert.Equal(Enumerable.Range(0, 50).Select(_ => one.NewId()), Enumerable.Range(0, 50).Select(_ => other.NewId()));
    }

    [Fact]
    public void Threads_never_get_the_same_id()
    {
        var source = new UuidV7Source(_clock, new CryptoRandomSource());
        var ids = new Guid[8][];

        Parallel.For(0, ids.Length, index => ids[index] = [.. Enumerable.Range(0, 2000).Select(_ => source.NewId())]);

        Assert.Equal(8 * 2000, ids.SelectMany(each => each).Distinct().Count());
        Assert.All(ids, each => Assert.Equal(each.Order(), each));
    }

    private sealed class HighestRandomSource : IRandomSource
    {
        public void Fill(Span<byte> buffer) => buffer.Fill(0xFF);

        public int Next(int maxExclusive) => maxExclusive - 1;
    }
}

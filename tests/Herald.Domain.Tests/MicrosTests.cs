using FsCheck;
using FsCheck.Fluent;

namespace Herald.Domain.Tests;

public sealed class MicrosTests
{
    [Fact]
    public void The_epoch_is_zero() => Assert.Equal(0, Micros.FromTime(DateTimeOffset.UnixEpoch));

    [Fact]
    public void Offsets_do_not_matter()
    {
        var utc = new DateTimeOffset(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

        Assert.Equal(Micros.FromTime(utc), Micros.FromTime(utc.ToOffset(TimeSpan.FromHours(5.5))));
    }

    [Fact]
    public void Every_stored_value_is_read_back() => Prop.ForAll(
        (from day in Gen.Choose(-700_000, 2_900_000)
         from second in Gen.Choose(0, 86_399)
         from micro in Gen.Choose(0, 999_999)
         select (((long)day * 86_400) + second) * Micros.PerSecond + micro).ToArbitrary(),
        micros => Micros.FromTime(Micros.ToTime(micros)) == micros).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(9, 0)]
    [InlineData(10, 1)]
    [InlineData(-1, -1)]
    [InlineData(-10, -1)]
    [InlineData(-11, -2)]
    public void Finer_parts_are_cut_off_towards_the_past(long ticks, long micros)
    {
        Assert.Equal(micros, Micros.FromTime(DateTimeOffset.UnixEpoch.AddTicks(ticks)));
    }

    [Fact]
    public void The_extremes_of_the_calendar_fit()
    {
        Assert.Equal(DateTimeOffset.MinValue, Micros.ToTime(Micros.FromTime(DateTimeOffset.MinValue)));
        Assert.Equal(Micros.Truncate(DateTimeOffset.MaxValue), Micros.ToTime(Micros.FromTime(DateTimeOffset.MaxValue)));
        Assert.Throws<ArgumentOutOfRangeException>(() => Micros.ToTime(long.MaxValue));
        Assert.Throws<ArgumentOutOfRangeException>(() => Micros.ToTime(long.MinValue));
    }
}

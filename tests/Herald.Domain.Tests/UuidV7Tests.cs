namespace Herald.Domain.Tests;

public sealed class UuidV7Tests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 21, 12, 0, 0, 123, TimeSpan.Zero);

    [Fact]
    public void An_id_tells_the_time_at_which_it_was_made()
    {
        var clock = new StoppedClock(Start.AddMicroseconds(456));
        var source = new UuidV7Source(clock, new SeededRandomSource(1));

        Assert.Equal(Start, UuidV7.TimeOf(source.NewId()));
        clock.Now = DateTimeOffset.UnixEpoch.AddMilliseconds(1);
        Assert.Equal(DateTimeOffset.UnixEpoch.AddMilliseconds(1), UuidV7.TimeOf(new UuidV7Source(clock, new SeededRandomSource(1)).NewId()));
    }

    [Fact]
    public void An_id_of_another_version_tells_none() =>
        Assert.Throws<ArgumentException>(() => UuidV7.TimeOf(Guid.Parse("6f1c9d52-8c1e-4f0a-9a53-2f6f1d0c7b11")));

    [Fact]
    public void A_floor_lies_between_the_ids_before_a_millisecond_and_those_from_it_on()
    {
        var clock = new StoppedClock(Start.AddMilliseconds(-1));
        var source = new UuidV7Source(clock, new SeededRandomSource(1));

        var before = source.NewId();
        clock.Now = Start;
        var after = source.NewId();

        Assert.True(before.CompareTo(UuidV7.FloorOf(Start)) < 0);
        Assert.True(after.CompareTo(UuidV7.FloorOf(Start)) > 0);
    }

    [Fact]
    public void The_first_and_the_last_time_have_a_floor()
    {
        Assert.Equal(Guid.Empty, UuidV7.FloorOf(DateTimeOffset.MinValue));
        Assert.True(UuidV7.FloorOf(DateTimeOffset.MaxValue).CompareTo(UuidV7.FloorOf(Start)) > 0);
    }
}

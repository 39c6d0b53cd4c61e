using Herald.Testing;

namespace Herald.Storage.Conformance;

public sealed class WakeUpTests
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(10);
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public async Task A_call_ends_the_sleep()
    {
        var wake = new WakeUp(_time);
        var sleep = wake.WaitAsync(Long, CancellationToken.None);
        Assert.False(sleep.IsCompleted);

        wake.Call();

        Assert.True(await sleep);
        Assert.Null(_time.NextDueTime);
    }

    [Fact]
    public async Task The_time_ends_the_sleep_that_nobody_ended()
    {
        var wake = new WakeUp(_time);
        var sleep = wake.WaitAsync(Long, CancellationToken.None);

        _time.Advance(Long);

        Assert.False(await sleep);
    }

    [Fact]
    public async Task Calls_while_nobody_sleeps_are_one_call_that_is_kept()
    {
        var wake = new WakeUp(_time);
        wake.Call();
        wake.Call();

        Assert.True(await wake.WaitAsync(Long, CancellationToken.None));
        Assert.False(wake.WaitAsync(Long, CancellationToken.None).IsCompleted);
    }

    [Fact]
    public async Task A_call_after_the_time_ended_the_sleep_is_kept_for_the_next()
    {
        var wake = new WakeUp(_time);
        var sleep = wake.WaitAsync(Long, CancellationToken.None);
        _time.Advance(Long);
        await sleep;

        wake.Call();

        Assert.True(await wake.WaitAsync(Long, CancellationToken.None));
    }

    [Fact]
    public async Task A_token_ends_the_sleep_and_leaves_no_timer_behind()
    {
        var wake = new WakeUp(_time);
        using var stop = new CancellationTokenSource();
        var sleep = wake.WaitAsync(Long, stop.Token);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sleep);
        Assert.Null(_time.NextDueTime);
    }
}

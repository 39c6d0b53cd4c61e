namespace Herald.Host.Tests.Support;

/// <summary>Waits for what a host in another thread or process does; fails with what was waited for.</summary>
internal static class Eventually
{
    /// <summary>Long enough for anything that one host does with a handful of messages.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);

    public static Task HoldsAsync(string what, Func<Task<bool>> holds) => HoldsAsync(what, Limit, holds);

    public static Task HoldsAsync(string what, TimeSpan limit, Func<Task<bool>> holds) => IsAsync(what, limit, holds, isSo => isSo);

    /// <summary>What was read when it was as it should be.</summary>
    public static Task<T> IsAsync<T>(string what, Func<Task<T>> read, Func<T, bool> holds) => IsAsync(what, Limit, read, holds);

    private static async Task<T> IsAsync<T>(string what, TimeSpan limit, Func<Task<T>> read, Func<T, bool> holds)
    {
        using var timer = new PeriodicTimer(Poll, TimeProvider.System);
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var value = await read();
            if (holds(value))
                return value;
            if (TimeProvider.System.GetElapsedTime(started) > limit)
                throw new TimeoutException($"Not within {limit}: {what}.");
            await timer.WaitForNextTickAsync();
        }
    }
}

namespace Herald.Benchmarks.World;

internal static class Waiting
{
    private static readonly TimeSpan Limit = TimeSpan.FromHours(1);

    /// <summary>Looks until the condition holds.</summary>
    /// <exception cref="TimeoutException">It does not within an hour; the text says what was waited for.</exception>
    public static async Task UntilAsync(string what, TimeSpan poll, TimeProvider time, Func<Task<bool>> holds, CancellationToken ct)
    {
        var started = time.GetTimestamp();
        while (!await holds())
        {
            if (time.GetElapsedTime(started) > Limit)
                throw new TimeoutException($"Not within {Limit}: {what}.");
            await Task.Delay(poll, time, ct);
        }
    }
}

namespace Herald.Delivery.Tests.Support;

/// <summary>Waits for a state of affairs: looks again each time that a store was used, for a limited time.</summary>
internal sealed class Watch
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private TaskCompletionSource _next = New();

    public void Pulse() => Interlocked.Exchange(ref _next, New()).TrySetResult();

    public async Task<T> UntilAsync<T>(string what, Func<Task<T>> read, Func<T, bool> holds)
    {
        using var limit = new CancellationTokenSource(Limit, TimeProvider.System);
        while (true)
        {
            var next = Volatile.Read(ref _next).Task;
            var value = await read();
            if (holds(value))
                return value;
            try
            {
                await next.WaitAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException($"{what} did not come within {Limit}; there is {Told(value)}.");
            }
        }
    }

    private static string Told<T>(T value) => value is System.Collections.IEnumerable many ? string.Join("; ", many.Cast<object>().Take(5)) : $"{value}";

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

using Herald.Grains;
using Herald.Storage;
using Microsoft.Extensions.Logging;

namespace Herald.Delivery.Messages;

/// <summary>
/// Does what must be done although the database is away or a grain does not answer: again, with growing waits, until it is back. The message's slot stays taken
/// meanwhile, so that sending slows down instead of losing what became of it.
/// </summary>
internal sealed class StorageRetry(TimeProvider time, ILogger<StorageRetry> log)
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(100);

    public async Task<T> RunAsync<T>(string what, Func<Task<T>> act)
    {
        var backoff = new Backoff(FirstWait);
        while (true)
        {
            try
            {
                return await act();
            }
            catch (Exception error) when (GrainCallErrors.MayPass(error))
            {
                log.StorageRetried(error, what);
                await Task.Delay(backoff.Next(), time, CancellationToken.None);
            }
        }
    }
}

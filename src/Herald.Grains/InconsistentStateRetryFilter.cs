using Orleans;
using Orleans.Storage;

namespace Herald.Grains;

/// <summary>
/// Repeats a call once when another node wrote the grain's document first: the loser's activation is dropped, so that the second call
/// runs on what the winner left. The one place where this happens; every grain method is safe to repeat.
/// </summary>
public sealed class InconsistentStateRetryFilter : IOutgoingGrainCallFilter
{
    /// <inheritdoc/>
    public async Task Invoke(IOutgoingGrainCallContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        try
        {
            await context.Invoke();
        }
        catch (InconsistentStateException)
        {
            await context.Invoke();
        }
    }
}

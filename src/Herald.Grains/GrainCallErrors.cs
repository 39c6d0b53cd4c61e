using Herald.Storage;
using Orleans.Runtime;

namespace Herald.Grains;

/// <summary>Decides, for callers of grains, which failures of a call pass by themselves.</summary>
public static class GrainCallErrors
{
    /// <summary>
    /// True when the same call may succeed if it is tried again after a pause: the answer did not come in time, the grain's node or mailbox
    /// refused it, a write lost twice, or the database below is away. The call may have had its effect; repeat only what is idempotent.
    /// </summary>
    public static bool MayPass(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return exception is TimeoutException or OrleansException || TransientErrors.IsTransient(exception);
    }
}

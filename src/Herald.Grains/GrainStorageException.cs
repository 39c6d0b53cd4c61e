using Herald.Storage;
using Orleans;

namespace Herald.Grains;

/// <summary>
/// The database below a grain is away or overloaded; the same call may succeed after a pause. It takes the place of the driver's
/// exception, which cannot be serialized, between a grain and its callers on other nodes; the log of the grain's node has the cause.
/// </summary>
[GenerateSerializer]
[Alias("Herald.Grains.GrainStorageException")]
public sealed class GrainStorageException : Exception, ITransientFailure
{
    /// <summary>Tells which call failed.</summary>
    public GrainStorageException(string message)
        : base(message)
    {
    }
}

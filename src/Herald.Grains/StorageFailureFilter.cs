using Herald.Storage;
using Microsoft.Extensions.Logging;
using Orleans;

namespace Herald.Grains;

/// <summary>
/// Lets passing failures of the database out of a grain as <see cref="GrainStorageException"/>, so that callers on every node can tell
/// them from others. The one place where this happens.
/// </summary>
/// <param name="log">Gets the cause, which goes no further.</param>
public sealed class StorageFailureFilter(ILogger<StorageFailureFilter> log) : IIncomingGrainCallFilter
{
    /// <inheritdoc/>
    public async Task Invoke(IIncomingGrainCallContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        try
        {
            await context.Invoke();
        }
        catch (Exception error) when (error is not GrainStorageException && TransientErrors.IsTransient(error))
        {
            GrainsLog.StorageFailed(log, error, context.InterfaceName, context.MethodName);
            throw new GrainStorageException($"The database failed {context.MethodName} for now.");
        }
    }
}

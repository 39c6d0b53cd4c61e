using Orleans.Runtime;

namespace Orleans;

/// <summary>What every grain class implements, by way of <see cref="Grain"/> or directly.</summary>
public interface IGrainBase
{
    /// <summary>The activation that this object belongs to.</summary>
    IGrainContext GrainContext { get; }

    /// <summary>Runs after the persistent state has been read and before the first call.</summary>
    /// <param name="cancellationToken">Cancelled when activating takes too long.</param>
    /// <returns>Ends when the grain is ready; an error fails the calls that are waiting.</returns>
    Task OnActivateAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Runs after the last call, before the activation is dropped. It is not promised to run.</summary>
    /// <param name="reason">Why.</param>
    /// <param name="cancellationToken">Cancelled when deactivating takes too long.</param>
    /// <returns>Ends when the activation may be dropped.</returns>
    Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => Task.CompletedTask;
}

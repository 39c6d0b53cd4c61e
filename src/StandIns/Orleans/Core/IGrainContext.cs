namespace Orleans.Runtime;

/// <summary>An activation: a grain that lives in memory now.</summary>
public interface IGrainContext : IEquatable<IGrainContext>
{
    /// <summary>The grain's identity.</summary>
    GrainId GrainId { get; }

    /// <summary>The grain's object; null until it has been created.</summary>
    object? GrainInstance { get; }

    /// <summary>The services of this activation; they are disposed with it.</summary>
    IServiceProvider ActivationServices { get; }

    /// <summary>Ends when the activation has been dropped.</summary>
    Task Deactivated { get; }

    /// <summary>Drops the activation when the calls that run now have ended.</summary>
    /// <param name="deactivationReason">Why.</param>
    /// <param name="cancellationToken">Asks for haste.</param>
    void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default);
}

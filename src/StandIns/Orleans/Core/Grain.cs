using Orleans.Runtime;

namespace Orleans;

/// <summary>The base class of grains.</summary>
public abstract class Grain : IGrainBase, IAddressable
{
    private readonly Activation? _activation = RuntimeContext.Constructing;

    /// <summary>Creates the grain. Only the runtime does so; elsewhere the members below are null.</summary>
    protected Grain()
    {
    }

    /// <summary>The activation that this object belongs to.</summary>
    public IGrainContext GrainContext => _activation!;

    /// <summary>The grain's identity as text, or an empty text outside the runtime.</summary>
    public string IdentityString => _activation?.GrainId.ToString() ?? "";

    /// <summary>Hands out references to other grains.</summary>
    protected IGrainFactory GrainFactory => _activation?.Catalog.GrainFactory!;

    /// <summary>The services of this activation.</summary>
    protected IServiceProvider ServiceProvider => _activation?.ActivationServices!;

    /// <inheritdoc />
    public virtual Task OnActivateAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public virtual Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Drops this activation when the calls that run now have ended; the next call makes a new one.</summary>
    protected void DeactivateOnIdle() => GrainBaseExtensions.DeactivateOnIdle(this);

    /// <summary>Keeps this activation from being collected for being idle.</summary>
    /// <param name="timeSpan">For how long from now; a negative span takes back what was asked before.</param>
    protected void DelayDeactivation(TimeSpan timeSpan) => Required().DelayDeactivation(timeSpan);

    private Activation Required()
        => _activation ?? throw new InvalidOperationException(
            "Grain was created outside of the Orleans creation process and no runtime was specified.");
}

namespace Orleans;

/// <summary>The kinds of reasons for which an activation is dropped.</summary>
public enum DeactivationReasonCode : byte
{
    /// <summary>None was given.</summary>
    None,

    /// <summary>The silo stops.</summary>
    ShuttingDown,

    /// <summary>The grain could not be activated.</summary>
    ActivationFailed,

    /// <summary>The runtime failed inside.</summary>
    InternalFailure,

    /// <summary>Nobody has called the grain for some time.</summary>
    ActivationIdle,

    /// <summary>The grain did not answer the runtime.</summary>
    ActivationUnresponsive,

    /// <summary>The grain is active elsewhere.</summary>
    DuplicateActivation,

    /// <summary>The grain was called in a way that this process does not know.</summary>
    IncompatibleRequest,

    /// <summary>The grain failed.</summary>
    ApplicationError,

    /// <summary>The grain asked for it.</summary>
    ApplicationRequested,

    /// <summary>The grain moves elsewhere.</summary>
    Migrating,
}

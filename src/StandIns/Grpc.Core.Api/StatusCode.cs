namespace Grpc.Core;

/// <summary>The outcome of a call, as numbered by the gRPC protocol.</summary>
public enum StatusCode
{
    /// <summary>The call succeeded.</summary>
    OK = 0,

    /// <summary>The call was cancelled, as a rule by the caller.</summary>
    Cancelled = 1,

    /// <summary>The cause is not known, or has no place in this list.</summary>
    Unknown = 2,

    /// <summary>The caller passed something that is wrong whatever the state of the system.</summary>
    InvalidArgument = 3,

    /// <summary>The time allowed passed before the call finished.</summary>
    DeadlineExceeded = 4,

    /// <summary>What was asked for does not exist.</summary>
    NotFound = 5,

    /// <summary>What was to be created exists already.</summary>
    AlreadyExists = 6,

    /// <summary>The caller is known and may not do this.</summary>
    PermissionDenied = 7,

    /// <summary>A quota, or another limited resource, is used up.</summary>
    ResourceExhausted = 8,

    /// <summary>The system is not in the state that the call needs.</summary>
    FailedPrecondition = 9,

    /// <summary>The call was given up because of a conflict; a retry at a higher level may succeed.</summary>
    Aborted = 10,

    /// <summary>The call went past the valid range.</summary>
    OutOfRange = 11,

    /// <summary>The method is not offered by this service.</summary>
    Unimplemented = 12,

    /// <summary>Something that the system relies on is broken.</summary>
    Internal = 13,

    /// <summary>The service cannot answer now; the call may be retried.</summary>
    Unavailable = 14,

    /// <summary>Data is lost or corrupted beyond repair.</summary>
    DataLoss = 15,

    /// <summary>The caller's credentials are missing or not valid.</summary>
    Unauthenticated = 16,
}

namespace Grpc.Core;

/// <summary>A status code with a text for people and, on the client, the exception it came from.</summary>
public struct Status : IEquatable<Status>
{
    /// <summary>The status <see cref="StatusCode.OK"/> with an empty detail.</summary>
    public static readonly Status DefaultSuccess = new(StatusCode.OK, "");

    /// <summary>The status <see cref="StatusCode.Cancelled"/> with an empty detail.</summary>
    public static readonly Status DefaultCancelled = new(StatusCode.Cancelled, "");

    /// <summary>Makes a status.</summary>
    /// <param name="statusCode">The code.</param>
    /// <param name="detail">The text for people.</param>
    public Status(StatusCode statusCode, string detail)
        : this(statusCode, detail, null)
    {
    }

    /// <summary>Makes a status that remembers where it came from.</summary>
    /// <param name="statusCode">The code.</param>
    /// <param name="detail">The text for people.</param>
    /// <param name="debugException">The cause, for debugging; it never travels and takes no part in equality of what was sent.</param>
    public Status(StatusCode statusCode, string detail, Exception? debugException)
    {
        StatusCode = statusCode;
        Detail = detail;
        DebugException = debugException;
    }

    /// <summary>The code.</summary>
    public StatusCode StatusCode { get; }

    /// <summary>The text for people.</summary>
    public string Detail { get; }

    /// <summary>The cause on the client's side, or null; meant for debugging alone.</summary>
    public Exception? DebugException { get; }

    /// <summary>Compares all three parts.</summary>
    /// <param name="left">One status.</param>
    /// <param name="right">The other status.</param>
    public static bool operator ==(Status left, Status right) => left.Equals(right);

    /// <summary>Compares all three parts.</summary>
    /// <param name="left">One status.</param>
    /// <param name="right">The other status.</param>
    public static bool operator !=(Status left, Status right) => !left.Equals(right);

    /// <inheritdoc/>
    public readonly bool Equals(Status other) =>
        StatusCode == other.StatusCode && Detail == other.Detail && Equals(DebugException, other.DebugException);

    /// <inheritdoc/>
    public override readonly bool Equals(object? obj) => obj is Status other && Equals(other);

    /// <inheritdoc/>
    public override readonly int GetHashCode() => HashCode.Combine(StatusCode, Detail, DebugException);

    /// <summary>Shows code, detail and, if there is one, type and message of the cause.</summary>
    public override readonly string ToString() => DebugException is null
        ? $"Status(StatusCode=\"{StatusCode}\", Detail=\"{Detail}\")"
        : $"Status(StatusCode=\"{StatusCode}\", Detail=\"{Detail}\", DebugException=\"{DebugException.GetType()}: {DebugException.Message}\")";
}

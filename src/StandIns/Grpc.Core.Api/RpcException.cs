namespace Grpc.Core;

/// <summary>
/// A call that ended with another status than OK. A server method throws it to choose the status, and the client
/// sees one when a call fails.
/// </summary>
public class RpcException : Exception
{
    /// <summary>Makes an exception without trailers, whose message shows the status.</summary>
    /// <param name="status">The outcome of the call.</param>
    public RpcException(Status status)
        : this(status, Metadata.Empty)
    {
    }

    /// <summary>Makes an exception without trailers.</summary>
    /// <param name="status">The outcome of the call.</param>
    /// <param name="message">The exception's message.</param>
    public RpcException(Status status, string message)
        : this(status, Metadata.Empty, message)
    {
    }

    /// <summary>Makes an exception whose message shows the status.</summary>
    /// <param name="status">The outcome of the call.</param>
    /// <param name="trailers">The call's trailing metadata.</param>
    public RpcException(Status status, Metadata trailers)
        : this(status, trailers, status.ToString())
    {
    }

    /// <summary>Makes an exception.</summary>
    /// <param name="status">The outcome of the call; its cause becomes the inner exception.</param>
    /// <param name="trailers">The call's trailing metadata.</param>
    /// <param name="message">The exception's message.</param>
    public RpcException(Status status, Metadata trailers, string message)
        : base(message, status.DebugException)
    {
        Status = status;
        Trailers = trailers ?? throw new ArgumentNullException(nameof(trailers));
    }

    /// <summary>The outcome of the call.</summary>
    public Status Status { get; }

    /// <summary>The code of <see cref="Status"/>.</summary>
    public StatusCode StatusCode => Status.StatusCode;

    /// <summary>The call's trailing metadata; empty when there was none.</summary>
    public Metadata Trailers { get; }
}

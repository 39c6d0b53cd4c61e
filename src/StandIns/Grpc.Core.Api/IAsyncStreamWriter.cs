namespace Grpc.Core;

/// <summary>A stream to which messages are written, one at a time.</summary>
/// <typeparam name="T">The message.</typeparam>
public interface IAsyncStreamWriter<in T>
{
    /// <summary>Options of the writes that follow; null means the call's.</summary>
    WriteOptions? WriteOptions { get; set; }

    /// <summary>Writes a message; finished when another may be written.</summary>
    /// <param name="message">The message.</param>
    Task WriteAsync(T message);

    /// <summary>Writes a message; finished when another may be written.</summary>
    /// <param name="message">The message.</param>
    /// <param name="cancellationToken">Gives up the write and with it the call.</param>
    /// <exception cref="NotSupportedException">This writer cannot be cancelled and the token can.</exception>
    Task WriteAsync(T message, CancellationToken cancellationToken)
    {
        if (cancellationToken.CanBeCanceled)
        {
            throw new NotSupportedException("Cancellation of stream writes is not supported by this gRPC implementation.");
        }

        return WriteAsync(message);
    }
}

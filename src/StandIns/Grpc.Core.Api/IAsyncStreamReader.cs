namespace Grpc.Core;

/// <summary>A stream of messages to be read, one at a time.</summary>
/// <typeparam name="T">The message.</typeparam>
public interface IAsyncStreamReader<out T>
{
    /// <summary>The message that the last <see cref="MoveNext"/> read; not defined before the first and after the end.</summary>
    T Current { get; }

    /// <summary>Reads the next message into <see cref="Current"/>; false at the end of the stream. One call at a time.</summary>
    /// <param name="cancellationToken">Cancels the call that the stream belongs to.</param>
    Task<bool> MoveNext(CancellationToken cancellationToken);
}

using System.Runtime.CompilerServices;

namespace Grpc.Core;

/// <summary>Additions to stream readers.</summary>
public static class AsyncStreamReaderExtensions
{
    /// <summary>Reads all messages, to be gone through with <c>await foreach</c>.</summary>
    /// <typeparam name="T">The message.</typeparam>
    /// <param name="streamReader">The stream.</param>
    /// <param name="cancellationToken">Ends the reading with an exception.</param>
    public static IAsyncEnumerable<T> ReadAllAsync<T>(
        this IAsyncStreamReader<T> streamReader, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(streamReader);
        return ReadAsync(streamReader, cancellationToken);
    }

    private static async IAsyncEnumerable<T> ReadAsync<T>(
        IAsyncStreamReader<T> streamReader, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (await streamReader.MoveNext(cancellationToken).ConfigureAwait(false))
        {
            yield return streamReader.Current;
        }
    }
}

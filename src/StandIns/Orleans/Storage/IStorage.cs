namespace Orleans.Core;

/// <summary>Reads, writes and clears the stored state of a grain.</summary>
public interface IStorage
{
    /// <summary>The version that was read or written last; null if there is none.</summary>
    string? Etag { get; }

    /// <summary>True if a stored state was found or written.</summary>
    bool RecordExists { get; }

    /// <summary>Removes the stored state, and resets the one in memory.</summary>
    /// <returns>Ends when it is removed.</returns>
    /// <exception cref="Storage.InconsistentStateException">Somebody else has written since it was read.</exception>
    Task ClearStateAsync();

    /// <summary>Stores the state.</summary>
    /// <returns>Ends when it is stored.</returns>
    /// <exception cref="Storage.InconsistentStateException">Somebody else has written since it was read.</exception>
    Task WriteStateAsync();

    /// <summary>Reads the stored state over the one in memory.</summary>
    /// <returns>Ends when it is read.</returns>
    Task ReadStateAsync();

    /// <summary>Removes the stored state, and resets the one in memory.</summary>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>Ends when it is removed.</returns>
    /// <exception cref="Storage.InconsistentStateException">Somebody else has written since it was read.</exception>
    Task ClearStateAsync(CancellationToken cancellationToken) => ClearStateAsync();

    /// <summary>Stores the state.</summary>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>Ends when it is stored.</returns>
    /// <exception cref="Storage.InconsistentStateException">Somebody else has written since it was read.</exception>
    Task WriteStateAsync(CancellationToken cancellationToken) => WriteStateAsync();

    /// <summary>Reads the stored state over the one in memory.</summary>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>Ends when it is read.</returns>
    Task ReadStateAsync(CancellationToken cancellationToken) => ReadStateAsync();
}

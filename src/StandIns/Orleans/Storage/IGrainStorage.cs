using Orleans.Runtime;

namespace Orleans.Storage;

/// <summary>A storage provider.</summary>
public interface IGrainStorage
{
    /// <summary>Reads a state; what is not stored leaves <c>RecordExists</c> false.</summary>
    /// <typeparam name="T">The type of the state.</typeparam>
    /// <param name="stateName">The state's name within the grain.</param>
    /// <param name="grainId">The grain.</param>
    /// <param name="grainState">Receives state and version.</param>
    /// <returns>Ends when it is read.</returns>
    Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState);

    /// <summary>Writes a state if the stored version is the one that was read.</summary>
    /// <typeparam name="T">The type of the state.</typeparam>
    /// <param name="stateName">The state's name within the grain.</param>
    /// <param name="grainId">The grain.</param>
    /// <param name="grainState">The state and the version read; receives the new version.</param>
    /// <returns>Ends when it is stored.</returns>
    /// <exception cref="InconsistentStateException">The stored version is another one.</exception>
    Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState);

    /// <summary>Removes a state if the stored version is the one that was read.</summary>
    /// <typeparam name="T">The type of the state.</typeparam>
    /// <param name="stateName">The state's name within the grain.</param>
    /// <param name="grainId">The grain.</param>
    /// <param name="grainState">The version read; receives that nothing is stored.</param>
    /// <returns>Ends when it is removed.</returns>
    /// <exception cref="InconsistentStateException">The stored version is another one.</exception>
    Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState);
}

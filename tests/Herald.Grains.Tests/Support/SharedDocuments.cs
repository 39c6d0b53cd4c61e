using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;

namespace Herald.Testing.Nodes;

/// <summary>
/// Grain documents that outlive a silo and that several silos share, with the version check of a real store: a write on an old version is
/// lost. A hook may fail a write.
/// </summary>
internal sealed class SharedDocuments : IGrainStorage
{
    private readonly ConcurrentDictionary<string, (long Version, string Json)> _documents = new();
    private readonly Lock _lock = new();

    /// <summary>Called before each write with the state's name; may throw in its place.</summary>
    public Action<string>? BeforeWrite { get; set; }

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        if (_documents.TryGetValue(Key(stateName, grainId), out var document))
        {
            grainState.State = JsonSerializer.Deserialize<T>(document.Json)!;
            grainState.ETag = Text(document.Version);
            grainState.RecordExists = true;
        }
        else
        {
            grainState.ETag = null;
            grainState.RecordExists = false;
        }
        return Task.CompletedTask;
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        BeforeWrite?.Invoke(stateName);
        lock (_lock)
        {
            var version = CheckedVersion(stateName, grainId, grainState.ETag) + 1;
            _documents[Key(stateName, grainId)] = (version, JsonSerializer.Serialize(grainState.State));
            grainState.ETag = Text(version);
            grainState.RecordExists = true;
        }
        return Task.CompletedTask;
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        lock (_lock)
        {
            CheckedVersion(stateName, grainId, grainState.ETag);
            _documents.TryRemove(Key(stateName, grainId), out _);
            grainState.ETag = null;
            grainState.RecordExists = false;
        }
        return Task.CompletedTask;
    }

    private long CheckedVersion(string stateName, GrainId grainId, string? known)
    {
        var stored = _documents.TryGetValue(Key(stateName, grainId), out var document) ? document.Version : 0;
        var storedText = stored == 0 ? null : Text(stored);
        return known == storedText
            ? stored
            : throw new InconsistentStateException("The document was written by another.", storedText ?? "", known ?? "");
    }

    private static string Key(string stateName, GrainId grainId) => $"{grainId}/{stateName}";

    private static string Text(long version) => version.ToString(CultureInfo.InvariantCulture);
}

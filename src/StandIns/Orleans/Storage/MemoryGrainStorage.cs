using System.Globalization;
using Orleans.Runtime;

namespace Orleans.Storage;

/// <summary>Keeps states in the memory of the silo. They end with it.</summary>
internal sealed class MemoryGrainStorage : IGrainStorage
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(GrainId Grain, string State), (long Version, string Json)> _documents = [];
    private long _version;

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        lock (_lock)
        {
            var exists = _documents.TryGetValue((grainId, stateName), out var document);
            grainState.State = exists ? GrainStateJson.Read<T>(document.Json)! : default!;
            grainState.ETag = exists ? Text(document.Version) : null;
            grainState.RecordExists = exists;
        }

        return Task.CompletedTask;
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var json = GrainStateJson.Write(grainState.State);
        lock (_lock)
        {
            Check((grainId, stateName), grainState.ETag);
            _documents[(grainId, stateName)] = (++_version, json);
            grainState.ETag = Text(_version);
            grainState.RecordExists = true;
        }

        return Task.CompletedTask;
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        lock (_lock)
        {
            Check((grainId, stateName), grainState.ETag);
            _documents.Remove((grainId, stateName));
            grainState.ETag = null;
            grainState.RecordExists = false;
        }

        return Task.CompletedTask;
    }

    private static string Text(long version) => version.ToString(CultureInfo.InvariantCulture);

    private void Check((GrainId Grain, string State) key, string? read)
    {
        var stored = _documents.TryGetValue(key, out var document) ? Text(document.Version) : null;
        if (stored != read)
        {
            throw new InconsistentStateException(
                $"State {key.State} of grain {key.Grain} was written by somebody else: "
                + $"version {stored ?? "none"} instead of {read ?? "none"}.",
                stored ?? "",
                read ?? "");
        }
    }
}

namespace Orleans;

/// <summary>A state on its way to or from a storage provider.</summary>
/// <typeparam name="T">The type of the state.</typeparam>
public interface IGrainState<T>
{
    /// <summary>The state.</summary>
    T State { get; set; }

    /// <summary>The version; null if there is none.</summary>
    string? ETag { get; set; }

    /// <summary>True if it is stored.</summary>
    bool RecordExists { get; set; }
}

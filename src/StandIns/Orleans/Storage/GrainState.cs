namespace Orleans;

/// <summary>A state on its way to or from a storage provider.</summary>
/// <typeparam name="T">The type of the state.</typeparam>
public sealed class GrainState<T> : IGrainState<T>
{
    /// <summary>Makes an empty one.</summary>
    public GrainState()
        : this(default!)
    {
    }

    /// <summary>Makes one that is not stored yet.</summary>
    /// <param name="state">The state.</param>
    public GrainState(T state) => State = state;

    /// <inheritdoc />
    public T State { get; set; }

    /// <inheritdoc />
    public string? ETag { get; set; }

    /// <inheritdoc />
    public bool RecordExists { get; set; }
}

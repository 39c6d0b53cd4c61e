namespace Orleans.Core;

/// <summary>Holds the state of a grain, and reads, writes and clears the stored one.</summary>
/// <typeparam name="TState">The type of the state.</typeparam>
public interface IStorage<TState> : IStorage
{
    /// <summary>The state in memory. It is never null after the grain has been activated.</summary>
    TState State { get; set; }
}

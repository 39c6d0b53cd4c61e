using Orleans.Core;

namespace Orleans.Runtime;

/// <summary>A state of a grain, injected into its constructor; it has been read when the grain is activated.</summary>
/// <typeparam name="TState">The type of the state.</typeparam>
public interface IPersistentState<TState> : IStorage<TState>;

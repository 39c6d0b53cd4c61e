namespace Grpc.Core;

/// <summary>The client's end of a stream of requests.</summary>
/// <typeparam name="T">The message.</typeparam>
public interface IClientStreamWriter<in T> : IAsyncStreamWriter<T>
{
    /// <summary>Says that no more messages will be written. Call it once, after the last write has finished.</summary>
    Task CompleteAsync();
}

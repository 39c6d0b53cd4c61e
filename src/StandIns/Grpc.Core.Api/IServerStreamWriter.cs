namespace Grpc.Core;

/// <summary>The server's end of a stream of responses; it is closed when the method returns.</summary>
/// <typeparam name="T">The message.</typeparam>
public interface IServerStreamWriter<in T> : IAsyncStreamWriter<T>
{
}

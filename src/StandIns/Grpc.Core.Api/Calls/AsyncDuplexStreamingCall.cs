namespace Grpc.Core;

/// <summary>A call with a stream of requests and a stream of responses.</summary>
/// <typeparam name="TRequest">The request message.</typeparam>
/// <typeparam name="TResponse">The response message.</typeparam>
public sealed class AsyncDuplexStreamingCall<TRequest, TResponse> : IDisposable
{
    private readonly AsyncCallState _state;

    /// <summary>Makes a call out of its parts.</summary>
    /// <param name="requestStream">Where the requests are written.</param>
    /// <param name="responseStream">Where the responses are read.</param>
    /// <param name="responseHeadersAsync">The headers, when they have come.</param>
    /// <param name="getStatusFunc">Gives the status of the finished call.</param>
    /// <param name="getTrailersFunc">Gives the trailers of the finished call.</param>
    /// <param name="disposeAction">Cancels the call if it still runs, and frees what it holds.</param>
    public AsyncDuplexStreamingCall(
        IClientStreamWriter<TRequest> requestStream,
        IAsyncStreamReader<TResponse> responseStream,
        Task<Metadata> responseHeadersAsync,
        Func<Status> getStatusFunc,
        Func<Metadata> getTrailersFunc,
        Action disposeAction)
    {
        RequestStream = requestStream;
        ResponseStream = responseStream;
        _state = new AsyncCallState(responseHeadersAsync, getStatusFunc, getTrailersFunc, disposeAction);
    }

    /// <summary>Makes a call out of its parts; the functions get the state object, so they need not close over it.</summary>
    /// <param name="requestStream">Where the requests are written.</param>
    /// <param name="responseStream">Where the responses are read.</param>
    /// <param name="responseHeadersAsync">Gives the headers, when they have come.</param>
    /// <param name="getStatusFunc">Gives the status of the finished call.</param>
    /// <param name="getTrailersFunc">Gives the trailers of the finished call.</param>
    /// <param name="disposeAction">Cancels the call if it still runs, and frees what it holds.</param>
    /// <param name="state">What the functions get.</param>
    public AsyncDuplexStreamingCall(
        IClientStreamWriter<TRequest> requestStream,
        IAsyncStreamReader<TResponse> responseStream,
        Func<object, Task<Metadata>> responseHeadersAsync,
        Func<object, Status> getStatusFunc,
        Func<object, Metadata> getTrailersFunc,
        Action<object> disposeAction,
        object state)
    {
        RequestStream = requestStream;
        ResponseStream = responseStream;
        _state = new AsyncCallState(responseHeadersAsync, getStatusFunc, getTrailersFunc, disposeAction, state);
    }

    /// <summary>Where the requests are written.</summary>
    public IClientStreamWriter<TRequest> RequestStream { get; }

    /// <summary>Where the responses are read.</summary>
    public IAsyncStreamReader<TResponse> ResponseStream { get; }

    /// <summary>The headers that the server sent before its first message.</summary>
    public Task<Metadata> ResponseHeadersAsync => _state.ResponseHeadersAsync();

    /// <summary>The status of the call.</summary>
    /// <exception cref="InvalidOperationException">The call has not finished.</exception>
    public Status GetStatus() => _state.GetStatus();

    /// <summary>The trailers of the call.</summary>
    /// <exception cref="InvalidOperationException">The call has not finished.</exception>
    public Metadata GetTrailers() => _state.GetTrailers();

    /// <summary>Cancels the call if it still runs, and frees what it holds. Needless after a response has been awaited.</summary>
    public void Dispose() => _state.Dispose();
}

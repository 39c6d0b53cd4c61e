using System.Runtime.CompilerServices;

namespace Grpc.Core;

/// <summary>A call with a stream of requests and one response.</summary>
/// <typeparam name="TRequest">The request message.</typeparam>
/// <typeparam name="TResponse">The response message.</typeparam>
public sealed class AsyncClientStreamingCall<TRequest, TResponse> : IDisposable
{
    private readonly AsyncCallState _state;

    /// <summary>Makes a call out of its parts.</summary>
    /// <param name="requestStream">Where the requests are written.</param>
    /// <param name="responseAsync">The response, when the server has answered; fails with <see cref="RpcException"/> otherwise.</param>
    /// <param name="responseHeadersAsync">The headers, when they have come.</param>
    /// <param name="getStatusFunc">Gives the status of the finished call.</param>
    /// <param name="getTrailersFunc">Gives the trailers of the finished call.</param>
    /// <param name="disposeAction">Cancels the call if it still runs, and frees what it holds.</param>
    public AsyncClientStreamingCall(
        IClientStreamWriter<TRequest> requestStream,
        Task<TResponse> responseAsync,
        Task<Metadata> responseHeadersAsync,
        Func<Status> getStatusFunc,
        Func<Metadata> getTrailersFunc,
        Action disposeAction)
    {
        RequestStream = requestStream;
        ResponseAsync = responseAsync;
        _state = new AsyncCallState(responseHeadersAsync, getStatusFunc, getTrailersFunc, disposeAction);
    }

    /// <summary>Makes a call out of its parts; the functions get the state object, so they need not close over it.</summary>
    /// <param name="requestStream">Where the requests are written.</param>
    /// <param name="responseAsync">The response, when the server has answered; fails with <see cref="RpcException"/> otherwise.</param>
    /// <param name="responseHeadersAsync">Gives the headers, when they have come.</param>
    /// <param name="getStatusFunc">Gives the status of the finished call.</param>
    /// <param name="getTrailersFunc">Gives the trailers of the finished call.</param>
    /// <param name="disposeAction">Cancels the call if it still runs, and frees what it holds.</param>
    /// <param name="state">What the functions get.</param>
    public AsyncClientStreamingCall(
        IClientStreamWriter<TRequest> requestStream,
        Task<TResponse> responseAsync,
        Func<object, Task<Metadata>> responseHeadersAsync,
        Func<object, Status> getStatusFunc,
        Func<object, Metadata> getTrailersFunc,
        Action<object> disposeAction,
        object state)
    {
        RequestStream = requestStream;
        ResponseAsync = responseAsync;
        _state = new AsyncCallState(responseHeadersAsync, getStatusFunc, getTrailersFunc, disposeAction, state);
    }

    /// <summary>Where the requests are written.</summary>
    public IClientStreamWriter<TRequest> RequestStream { get; }

    /// <summary>The response, when the server has answered; fails with <see cref="RpcException"/> otherwise.</summary>
    public Task<TResponse> ResponseAsync { get; }

    /// <summary>The headers that the server sent before its first message.</summary>
    public Task<Metadata> ResponseHeadersAsync => _state.ResponseHeadersAsync();

    /// <summary>Makes the call itself something to await, for its response.</summary>
    public TaskAwaiter<TResponse> GetAwaiter() => ResponseAsync.GetAwaiter();

    /// <summary>Awaits the response with a choice of context.</summary>
    /// <param name="continueOnCapturedContext">Whether to go on in the context of the caller.</param>
    public ConfiguredTaskAwaitable<TResponse> ConfigureAwait(bool continueOnCapturedContext) =>
        ResponseAsync.ConfigureAwait(continueOnCapturedContext);

    /// <summary>The status of the call.</summary>
    /// <exception cref="InvalidOperationException">The call has not finished.</exception>
    public Status GetStatus() => _state.GetStatus();

    /// <summary>The trailers of the call.</summary>
    /// <exception cref="InvalidOperationException">The call has not finished.</exception>
    public Metadata GetTrailers() => _state.GetTrailers();

    /// <summary>Cancels the call if it still runs, and frees what it holds. Needless after a response has been awaited.</summary>
    public void Dispose() => _state.Dispose();
}

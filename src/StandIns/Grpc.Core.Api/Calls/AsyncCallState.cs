namespace Grpc.Core;

/// <summary>What every kind of call answers besides its messages, from functions that share a state object or need none.</summary>
internal readonly struct AsyncCallState
{
    private readonly object? _state;
    private readonly Func<object, Task<Metadata>> _responseHeaders;
    private readonly Func<object, Status> _status;
    private readonly Func<object, Metadata> _trailers;
    private readonly Action<object> _dispose;

    public AsyncCallState(
        Func<object, Task<Metadata>> responseHeaders,
        Func<object, Status> status,
        Func<object, Metadata> trailers,
        Action<object> dispose,
        object? state)
    {
        _responseHeaders = responseHeaders;
        _status = status;
        _trailers = trailers;
        _dispose = dispose;
        _state = state;
    }

    public AsyncCallState(Task<Metadata> responseHeaders, Func<Status> status, Func<Metadata> trailers, Action dispose)
        : this(_ => responseHeaders, _ => status(), _ => trailers(), _ => dispose(), null)
    {
    }

    public Task<Metadata> ResponseHeadersAsync() => _responseHeaders(_state!);

    public Status GetStatus() => _status(_state!);

    public Metadata GetTrailers() => _trailers(_state!);

    public void Dispose() => _dispose(_state!);
}

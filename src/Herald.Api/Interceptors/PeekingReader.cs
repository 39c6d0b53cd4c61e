using Grpc.Core;

namespace Herald.Api.Interceptors;

/// <summary>A stream of requests whose first message can be looked at before it is read.</summary>
internal sealed class PeekingReader<T>(IAsyncStreamReader<T> inner) : IAsyncStreamReader<T>
    where T : class
{
    private bool _isPeeked;
    private bool _isWaiting;
    private T? _first;

    public T Current => inner.Current;

    /// <summary>The first message, or null if the stream is empty. It is still read afterwards.</summary>
    public async Task<T?> PeekAsync(CancellationToken cancellationToken)
    {
        if (!_isPeeked)
        {
            _first = await inner.MoveNext(cancellationToken) ? inner.Current : null;
            (_isPeeked, _isWaiting) = (true, true);
        }
        return _first;
    }

    public Task<bool> MoveNext(CancellationToken cancellationToken)
    {
        if (!_isWaiting)
            return inner.MoveNext(cancellationToken);
        _isWaiting = false;
        return Task.FromResult(_first is not null);
    }
}

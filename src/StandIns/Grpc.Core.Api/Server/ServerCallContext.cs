namespace Grpc.Core;

/// <summary>A call as its server sees it.</summary>
public abstract class ServerCallContext
{
    private Dictionary<object, object>? _userState;

    /// <summary>The path that was called: <c>/package.Service/Method</c>.</summary>
    public string Method => MethodCore;

    /// <summary>The host that was called.</summary>
    public string Host => HostCore;

    /// <summary>The caller's address, such as <c>ipv4:127.0.0.1:5000</c>.</summary>
    public string Peer => PeerCore;

    /// <summary>When the caller gives up, in UTC; <see cref="DateTime.MaxValue"/> for never.</summary>
    public DateTime Deadline => DeadlineCore;

    /// <summary>The caller's headers.</summary>
    public Metadata RequestHeaders => RequestHeadersCore;

    /// <summary>Cancelled when the caller cancels, goes away or its deadline passes.</summary>
    public CancellationToken CancellationToken => CancellationTokenCore;

    /// <summary>Trailers to send; add to them before the method returns.</summary>
    public Metadata ResponseTrailers => ResponseTrailersCore;

    /// <summary>The status to send when the method returns without throwing.</summary>
    public Status Status
    {
        get => StatusCore;
        set => StatusCore = value;
    }

    /// <summary>How responses are written, or null for the server's way.</summary>
    public WriteOptions? WriteOptions
    {
        get => WriteOptionsCore;
        set => WriteOptionsCore = value;
    }

    /// <summary>What the connection proves about the caller.</summary>
    public AuthContext AuthContext => AuthContextCore;

    /// <summary>A place for interceptors and services to leave things for one another.</summary>
    public IDictionary<object, object> UserState => UserStateCore;

    /// <summary>The path that was called.</summary>
    protected abstract string MethodCore { get; }

    /// <summary>The host that was called.</summary>
    protected abstract string HostCore { get; }

    /// <summary>The caller's address.</summary>
    protected abstract string PeerCore { get; }

    /// <summary>When the caller gives up.</summary>
    protected abstract DateTime DeadlineCore { get; }

    /// <summary>The caller's headers.</summary>
    protected abstract Metadata RequestHeadersCore { get; }

    /// <summary>Cancelled with the call.</summary>
    protected abstract CancellationToken CancellationTokenCore { get; }

    /// <summary>Trailers to send.</summary>
    protected abstract Metadata ResponseTrailersCore { get; }

    /// <summary>The status to send.</summary>
    protected abstract Status StatusCore { get; set; }

    /// <summary>How responses are written.</summary>
    protected abstract WriteOptions? WriteOptionsCore { get; set; }

    /// <summary>What the connection proves about the caller.</summary>
    protected abstract AuthContext AuthContextCore { get; }

    /// <summary>A place for interceptors and services to leave things for one another.</summary>
    protected virtual IDictionary<object, object> UserStateCore => _userState ??= [];

    /// <summary>Sends the headers now. Call it at most once, before the first response.</summary>
    /// <param name="responseHeaders">The headers.</param>
    public Task WriteResponseHeadersAsync(Metadata responseHeaders) => WriteResponseHeadersAsyncCore(responseHeaders);

    /// <summary>Makes a token with which calls made for this one take over its deadline and cancellation.</summary>
    /// <param name="options">What is taken over; null for both.</param>
    public ContextPropagationToken CreatePropagationToken(ContextPropagationOptions? options = null) =>
        CreatePropagationTokenCore(options);

    /// <summary>Sends the headers.</summary>
    /// <param name="responseHeaders">The headers.</param>
    protected abstract Task WriteResponseHeadersAsyncCore(Metadata responseHeaders);

    /// <summary>Makes a token for calls made for this one.</summary>
    /// <param name="options">What is taken over; null for both.</param>
    protected abstract ContextPropagationToken CreatePropagationTokenCore(ContextPropagationOptions? options);
}

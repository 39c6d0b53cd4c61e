using System.Net;
using System.Net.Http.Headers;
using Herald.WhatsApp.Json;

namespace Herald.WhatsApp.Client;

/// <summary>
/// A request body that knows whether it has begun to be written. The handler opens the connection before it asks for the body, so a
/// request that failed with the body untouched reached nobody, and one that failed later may have.
/// </summary>
internal sealed class RequestBody : HttpContent
{
    private const int Untouched = 0;
    private const int Writing = 1;
    private const int Withheld = 2;

    private static readonly MediaTypeHeaderValue Json = new("application/json");

    private readonly PooledBuffer _bytes;
    private int _state = Untouched;

    public RequestBody(PooledBuffer bytes)
    {
        _bytes = bytes;
        Headers.ContentType = Json;
    }

    /// <summary>Asked before the first byte is written; null: it may leave.</summary>
    public Func<bool>? MayLeave { get; set; }

    /// <summary>True when it was asked whether it may leave, and may not.</summary>
    public bool IsWithheldAtLast { get; private set; }

    /// <summary>Makes sure that the body is never written from now on. False if it may have been already.</summary>
    public bool TryWithhold() => Interlocked.CompareExchange(ref _state, Withheld, Untouched) != Writing;

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        if (_state == Untouched && MayLeave?.Invoke() == false && TryWithhold())
            IsWithheldAtLast = true;
        if (Interlocked.CompareExchange(ref _state, Writing, Untouched) == Withheld)
            throw new OperationCanceledException("The request was given up before it was written.");
        await stream.WriteAsync(_bytes.Written, cancellationToken);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _bytes.Length;
        return true;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _bytes.Dispose();
        base.Dispose(disposing);
    }
}

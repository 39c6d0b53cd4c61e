using Google.Protobuf;
using Grpc.Core;
using Herald.Api.Errors;
using Herald.Contracts.Contacts.V1;

namespace Herald.Api.Contacts.Import;

/// <summary>The bytes of a file that comes in chunks. It holds one chunk, and the beginning of the file while that is looked at.</summary>
internal sealed class ChunkStream(IAsyncStreamReader<ImportContactsRequest> requests, CancellationToken ct) : Stream
{
    private const int ChunkMax = 1024 * 1024;
    private ReadOnlyMemory<byte> _rest;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>The file's beginning, up to its first line break, or to <paramref name="max"/> bytes if it has none so far. It is still read afterwards.</summary>
    public async Task<ReadOnlyMemory<byte>> PeekLineAsync(int max)
    {
        while (true)
        {
            var end = _rest.Span.IndexOf((byte)'\n');
            if (end >= 0 || _rest.Length >= max)
                return end >= 0 ? _rest[..end] : _rest[..max];
            var seen = _rest;
            if (!await NextAsync())
                return _rest = seen;
            _rest = (byte[])[.. seen.Span, .. _rest.Span];
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_rest.Length == 0 && !await NextAsync())
            return 0;
        var count = Math.Min(buffer.Length, _rest.Length);
        _rest[..count].CopyTo(buffer);
        _rest = _rest[count..];
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("A stream of requests is read asynchronously.");

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <summary>Takes the next chunk; false at the end.</summary>
    private async Task<bool> NextAsync()
    {
        if (!await requests.MoveNext(ct))
            return false;
        if (requests.Current.PartCase != ImportContactsRequest.PartOneofCase.Chunk)
            throw Violations.Single("chunk", Rules.Required, "Every message after the first carries a chunk.");
        ByteString chunk = requests.Current.Chunk;
        if (chunk.Length is 0 or > ChunkMax)
            throw Violations.Single("chunk", chunk.Length == 0 ? Rules.Required : Rules.TooLong, "A chunk has 1 byte to 1 MiB.");
        _rest = chunk.Memory;
        return true;
    }
}

using System.Text.Json;
using Herald.WhatsApp.Json;

namespace Herald.WhatsApp.Client;

/// <summary>
/// What came back for one request: either a status with, if it was one, a JSON document; or the reason why there is no answer.
/// </summary>
internal sealed class GraphAnswer : IDisposable
{
    private readonly PooledBuffer? _bytes;

    private GraphAnswer(PooledBuffer? bytes) => _bytes = bytes;

    public int? HttpStatus { get; private init; }

    public JsonDocument? Document { get; private init; }

    public TimeSpan? RetryAfter { get; private init; }

    public IReadOnlyList<AccountUsage> Usages { get; private init; } = [];

    public UnknownKind? Unknown { get; private init; }

    public NotSentKind? NotSent { get; private init; }

    public bool IsSuccess => HttpStatus is >= 200 and <= 299;

    /// <summary>An answer; it takes over the buffer, since the document reads from it.</summary>
    public static GraphAnswer Of(int httpStatus, TimeSpan? retryAfter, IReadOnlyList<AccountUsage> usages, PooledBuffer bytes)
    {
        JsonDocument? document = null;
        try
        {
            document = JsonDocument.Parse(bytes.Written);
        }
        catch (JsonException)
        {
            // Gateways answer with pages; what follows from that depends on the status alone.
        }

        return new GraphAnswer(bytes) { HttpStatus = httpStatus, RetryAfter = retryAfter, Usages = usages, Document = document };
    }

    public static GraphAnswer Lost(UnknownKind kind, int? httpStatus) => new(null) { Unknown = kind, HttpStatus = httpStatus };

    public static GraphAnswer Never(NotSentKind kind) => new(null) { NotSent = kind };

    public void Dispose()
    {
        Document?.Dispose();
        _bytes?.Dispose();
    }
}

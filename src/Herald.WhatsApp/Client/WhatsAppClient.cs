using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Herald.WhatsApp.Errors;
using Herald.WhatsApp.Json;
using Herald.WhatsApp.Messages;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Herald.WhatsApp.Client;

/// <summary>The client over HTTP. Other files hold the calls; here is how one request is made and its outcome judged.</summary>
internal sealed partial class WhatsAppClient(
    HttpClient http, ManagementBudget budget, IOptions<WhatsAppOptions> options, TimeProvider time, ILogger<WhatsAppClient> logger) : IWhatsAppClient
{
    // An answer to a send is under 1 kB; a page of templates may hold a few hundred.
    private const int AnswerBytesMax = 16 * 1024 * 1024;

    private readonly WhatsAppOptions _options = options.Value;
    private readonly string _root = options.Value.GraphVersion + "/";
    private readonly byte[]? _proofKey =
        options.Value is { ProveAppSecret: true, AppSecret: { } secret } ? Encoding.UTF8.GetBytes(secret) : null;

    /// <summary>Makes one request. Never throws for what the network or the other side does, nor for a cancellation.</summary>
    private async Task<GraphAnswer> CallAsync(
        string nodeId, HttpMethod method, string path, AccessToken token, RequestBody? body, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(_options.RequestTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        using var request = new HttpRequestMessage(method, WithProof(path, token)) { Content = body };
        request.Headers.TryAddWithoutValidation("Authorization", token.HeaderValue);

        int? httpStatus = null;
        var bytes = new PooledBuffer();
        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            httpStatus = (int)response.StatusCode;
            await ReadAsync(response.Content, bytes, either.Token);
            var usages = RetryHint.ReadUsages(response.Headers);
            budget.Learn(nodeId, usages);
            var answer = GraphAnswer.Of(httpStatus.Value, RetryHint.Read(response.Headers, time.GetUtcNow()), usages, bytes);
            bytes = null;
            return answer;
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or OperationCanceledException)
        {
            var isCancelled = cancellationToken.IsCancellationRequested;
            var isLate = timeout.IsCancellationRequested;
            return httpStatus is null && NeverLeft(body, failure)
                ? GraphAnswer.Never(body is { IsWithheldAtLast: true } ? NotSentKind.Withheld : NotSent(failure, isCancelled, isLate))
                : GraphAnswer.Lost(isCancelled ? UnknownKind.Cancelled : isLate ? UnknownKind.Timeout : UnknownKind.ConnectionLost, httpStatus);
        }
        finally
        {
            bytes?.Dispose();
        }
    }

    /// <summary>Whether a failed request certainly reached nobody. Without a body only a connection that was never made tells.</summary>
    private static bool NeverLeft(RequestBody? body, Exception failure) =>
        body?.TryWithhold() ?? failure is HttpRequestException
        {
            HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError
                or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError,
        };

    private static NotSentKind NotSent(Exception failure, bool isCancelled, bool isLate)
    {
        if (isCancelled) return NotSentKind.Cancelled;
        if (isLate || failure is OperationCanceledException || failure.InnerException is TimeoutException or OperationCanceledException)
            return NotSentKind.Timeout;

        return (failure as HttpRequestException)?.HttpRequestError switch
        {
            HttpRequestError.NameResolutionError => NotSentKind.NameResolution,
            HttpRequestError.SecureConnectionError => NotSentKind.SecureConnection,
            _ => NotSentKind.Connection,
        };
    }

    private static async Task ReadAsync(HttpContent content, PooledBuffer bytes, CancellationToken cancellationToken)
    {
        await using var stream = await content.ReadAsStreamAsync(cancellationToken);
        while (true)
        {
            var count = await stream.ReadAsync(bytes.GetMemory(), cancellationToken);
            if (count == 0) return;
            bytes.Advance(count);
            if (bytes.Length > AnswerBytesMax) throw new IOException("The answer is larger than any of Meta's.");
        }
    }

    /// <summary>Meta's refusal in an answer, or null if it holds none and its status leaves the outcome open.</summary>
    private static MetaFailure? ReadFailure(GraphAnswer answer)
    {
        var httpStatus = answer.HttpStatus ?? 0;
        if (answer.Document is { } document && MetaFailureReader.Read(document.RootElement, httpStatus, answer.RetryAfter) is { } failure)
            return failure with { RetryAfter = failure.RetryAfter ?? RetryHint.ReadRegain(answer.Usages, failure.Error) };

        // 408 comes from gateways that lost the request on either side; a 4xx otherwise says that it was looked at and refused.
        return httpStatus is >= 400 and < 500 and not 408 ? MetaFailureReader.WithoutBody(httpStatus, answer.RetryAfter) : null;
    }

    private string WithProof(string path, AccessToken token)
    {
        if (_proofKey is null) return _root + path;

        var proof = HMACSHA256.HashData(_proofKey, Encoding.UTF8.GetBytes(token.Reveal()));
        var separator = path.Contains('?', StringComparison.Ordinal) ? '&' : '?';
        return $"{_root}{path}{separator}appsecret_proof={Convert.ToHexStringLower(proof)}";
    }

    private static RequestBody Body(Action<Utf8JsonWriter> write)
    {
        var bytes = new PooledBuffer();
        using (var writer = new Utf8JsonWriter(bytes, ContentWriter.Options)) write(writer);
        return new RequestBody(bytes);
    }
}

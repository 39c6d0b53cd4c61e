using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Herald.Simulator;

/// <summary>The HTTP side of the Graph: reads the call, injects faults, checks the token, writes the answer with Meta's headers.</summary>
internal sealed class GraphEndpoint(SimulatedWorld world, GraphRouter router, FaultInjector faults, SendLedger ledger, TimeProvider time)
{
    /// <summary>Longest request in bytes.</summary>
    public const int BodyMax = 1 << 20;

    private const string JsonType = "application/json; charset=UTF-8";
    private long _traces;

    public async Task HandleAsync(HttpContext context, string version, string node, string? edge)
    {
        var order = ledger.NextOrder();
        var cancellation = context.RequestAborted;
        if (context.Request.ContentLength > BodyMax)
        {
            context.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
            return;
        }

        var request = await ReadBodyAsync(context.Request, cancellation);
        using var document = TryParse(request);
        var root = document?.RootElement ?? default;
        var isSend = edge == "messages";
        var fault = faults.Draw(root, isSend);
        if (fault.Latency > TimeSpan.Zero)
        {
            await Task.Delay(fault.Latency, time, cancellation);
        }

        if (fault.Kind == FaultKind.AbortBefore)
        {
            context.Abort();
            return;
        }

        if (fault.Kind == FaultKind.ServerErrorBefore)
        {
            await WriteHtmlAsync(context, fault.Status);
            return;
        }

        var reply = fault.Answer is { } error && fault.Kind == FaultKind.Error
            ? GraphReply.Of(error)
            : await AnswerAsync(context, version, node, edge, request, root, order);
        switch (fault.Kind)
        {
            case FaultKind.AbortAfter:
                context.Abort();
                break;
            case FaultKind.ServerErrorAfter:
                await WriteHtmlAsync(context, fault.Status);
                break;
            case FaultKind.Stall:
                await Task.Delay(fault.Stall, time, cancellation);
                await WriteAsync(context, version, reply);
                break;
            default:
                await WriteAsync(context, version, reply);
                break;
        }
    }

    private async Task<GraphReply> AnswerAsync(
        HttpContext context, string version, string node, string? edge, byte[] body, JsonElement root, long order)
    {
        var credential = Credential(context.Request);
        var isApp = credential == world.AppToken;
        var token = credential is null || isApp ? null : world.FindToken(credential);
        var now = time.GetUtcNow();
        var refusal = credential is null ? GraphErrors.TokenMissing()
            : isApp ? null
            : token is null ? GraphErrors.TokenUnreadable()
            : token.Refusal(now) ?? CheckProof(context.Request, token);
        if (refusal is not null)
        {
            return refusal;
        }

        var call = new GraphCall
        {
            Method = context.Request.Method,
            Version = version,
            BaseUrl = $"{context.Request.Scheme}://{context.Request.Host}",
            Path = edge is null ? node : node + "/" + edge,
            Query = context.Request.Query,
            Token = token,
            IsApp = isApp,
            ContentType = context.Request.ContentType,
            Request = body,
            Root = root,
            Order = order,
            Now = now,
            Cancellation = context.RequestAborted,
        };
        return await router.RouteAsync(call, node, edge);
    }

    private GraphError? CheckProof(HttpRequest request, AccessToken token)
    {
        var proof = request.Query["appsecret_proof"].ToString();
        if (proof.Length == 0)
        {
            return world.Options.RequireAppSecretProof ? GraphErrors.AppSecretProofMissing() : null;
        }

        var expected = HMACSHA256.HashData(Encoding.UTF8.GetBytes(world.Options.AppSecret), Encoding.UTF8.GetBytes(token.Value));
        return string.Equals(proof, Convert.ToHexStringLower(expected), StringComparison.Ordinal) ? null : GraphErrors.AppSecretProof();
    }

    private async Task WriteAsync(HttpContext context, string version, GraphReply reply)
    {
        var response = context.Response;
        var trace = "A" + SeededHash.Text(world.Options.Seed, "trace", Interlocked.Increment(ref _traces), 22);
        response.StatusCode = reply.Error?.Status ?? StatusCodes.Status200OK;
        response.ContentType = JsonType;
        response.Headers["x-fb-trace-id"] = trace;
        response.Headers["x-fb-request-id"] = trace;
        response.Headers["x-fb-rev"] = "1030000000";
        response.Headers["facebook-api-version"] = version;
        response.Headers["X-App-Usage"] = """{"call_count":1,"total_time":1,"total_cputime":1}""";
        if (reply.UsageOf is { } account)
        {
            response.Headers["X-Business-Use-Case-Usage"] =
                $$"""{"{{account}}":[{"type":"whatsapp","call_count":1,"total_cputime":1,"total_time":1,"estimated_time_to_regain_access":0}]}""";
        }

        if (reply.Error is { Status: StatusCodes.Status401Unauthorized } error)
        {
            response.Headers.WWWAuthenticate = $"OAuth \"Facebook Platform\" \"invalid_token\" \"{error.Message}\"";
        }

        var body = reply.Error?.ToJson(trace) ?? reply.Body;
        response.ContentLength = body.Length;
        await response.Body.WriteAsync(body, context.RequestAborted);
    }

    private static async Task WriteHtmlAsync(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/html; charset=utf-8";
        await context.Response.WriteAsync(
            "<!DOCTYPE html><html lang=\"en\"><head><title>Error</title></head><body><h1>Sorry, something went wrong.</h1></body></html>",
            context.RequestAborted);
    }

    private static async Task<byte[]> ReadBodyAsync(HttpRequest request, CancellationToken cancellation)
    {
        if (request.ContentLength is { } length)
        {
            var exact = new byte[length];
            await request.Body.ReadExactlyAsync(exact, cancellation);
            return exact;
        }

        using var buffer = new MemoryStream();
        await request.Body.CopyToAsync(buffer, cancellation);
        return buffer.ToArray();
    }

    private static JsonDocument? TryParse(byte[] body)
    {
        if (body.Length == 0)
        {
            return null;
        }

        try
        {
            return JsonDocument.Parse(body);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Credential(HttpRequest request)
    {
        const string bearer = "Bearer ";
        const string oauth = "OAuth ";
        var header = request.Headers.Authorization.ToString();
        return header.StartsWith(bearer, StringComparison.OrdinalIgnoreCase) ? header[bearer.Length..].Trim()
            : header.StartsWith(oauth, StringComparison.OrdinalIgnoreCase) ? header[oauth.Length..].Trim()
            : request.Query.TryGetValue("access_token", out var parameter) && parameter.ToString().Length > 0 ? parameter.ToString()
            : null;
    }
}

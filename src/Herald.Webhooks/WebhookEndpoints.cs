using System.Security.Cryptography;
using System.Text;
using Herald.WhatsApp.Webhooks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Herald.Webhooks;

/// <summary>Maps Meta's handshake and delivery calls.</summary>
public static class WebhookEndpoints
{
    private const string SignatureHeader = "X-Hub-Signature-256";

    /// <summary>
    /// Maps <c>GET</c> (handshake: 200 with the bare challenge, else 403) and <c>POST</c> (200 once stored and, when somebody opts out in it, once that holds; 401 for a wrong signature, 413
    /// above 3 MB, 503 when it could not be stored, or a STOP in it not be committed, so that Meta repeats it) on <see cref="WebhookOptions.Path"/>.
    /// </summary>
    public static IEndpointConventionBuilder MapWhatsAppWebhooks(this IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapGroup(WebhookOptions.Path);
        group.MapGet("", Handshake);
        group.MapPost("", ReceiveAsync);
        return group;
    }

    private static IResult Handshake(HttpContext context, IOptions<WebhookOptions> options)
    {
        var query = context.Request.Query;
        var isOurs = query["hub.mode"] == "subscribe"
            && FixedTimeEquals(query["hub.verify_token"].ToString(), options.Value.VerifyToken);
        return isOurs ? Results.Text(query["hub.challenge"].ToString()) : Results.StatusCode(StatusCodes.Status403Forbidden);
    }

    private static async Task<IResult> ReceiveAsync(HttpContext context, IOptions<WebhookOptions> options)
    {
        var log = context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(WebhookEndpoints));
        var body = await ReadBodyAsync(context.Request, context.RequestAborted);
        if (body is null)
            return Results.StatusCode(StatusCodes.Status413PayloadTooLarge);
        var signature = context.Request.Headers[SignatureHeader].ToString();
        if (!WebhookSignature.Verify(body, signature, options.Value.AppSecrets.AsReadOnly()))
        {
            log.SignatureRefused(body.Length);
            return Results.StatusCode(StatusCodes.Status401Unauthorized);
        }
        try
        {
            // Not tied to the caller's connection: once it may be in a batch, it is stored whether or not Meta still listens.
            await context.RequestServices.GetRequiredService<WebhookReceiver>().StoreAsync(body, CancellationToken.None);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            // Whatever the reason is, the delivery is not stored, and Meta keeps it until it hears 200.
            log.NotStored(error);
            return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
        }
        // Whoever hears 200 takes a STOP for settled. Until it is committed, Meta keeps the delivery; storing it again changes nothing.
        return await context.RequestServices.GetRequiredService<StopBarrier>().RaiseAsync(body)
            ? Results.Ok()
            : Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
    }

    private static async Task<byte[]?> ReadBodyAsync(HttpRequest request, CancellationToken ct)
    {
        if (request.ContentLength > WebhookOptions.BodyBytesMax)
            return null;
        if (request.ContentLength is { } length)
        {
            // The server has made sure that no more than this comes, and fails the read if less does.
            var body = new byte[length];
            await request.Body.ReadExactlyAsync(body, ct);
            return body;
        }
        using var buffer = new MemoryStream();
        var chunk = new byte[16 * 1024];
        int read;
        while ((read = await request.Body.ReadAsync(chunk, ct)) > 0)
        {
            if (buffer.Length + read > WebhookOptions.BodyBytesMax)
                return null;
            buffer.Write(chunk, 0, read);
        }
        return buffer.ToArray();
    }

    private static bool FixedTimeEquals(string given, string expected) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(expected));
}

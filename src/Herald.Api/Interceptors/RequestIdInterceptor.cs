using System.Collections.Concurrent;
using Google.Protobuf;
using Grpc.Core;
using Herald.Api.Calls;
using Herald.Api.Errors;
using Herald.Contracts;
using Herald.Domain;
using Herald.Domain.Tenants;
using Herald.Grains.Secrets;
using Herald.Storage.Requests;

namespace Herald.Api.Interceptors;

/// <summary>
/// Gives a repeated change the answer of the first one. The id for what it creates is settled before it runs, so that a call that broke
/// off between the effect and the answer finds its own work when it is repeated. Refusals are not kept. Answers are kept encrypted: that of
/// CreateApiKey holds a secret.
/// </summary>
internal sealed class RequestIdInterceptor(IIdempotencyStore requests, ISecretProtector protector, IIdSource ids, TimeProvider time)
    : RequestInterceptor
{
    private readonly ConcurrentDictionary<(TenantId Tenant, string RequestId), bool> _running = new();

    protected override async Task<TResponse> AroundAsync<TResponse>(IMessage request, ServerCallContext context, Func<Task<TResponse>> next)
    {
        var call = Call.Of(context);
        if (!call.Rules.IsMutation)
            return await next();
        call.RequestId = ReadRequestId(request);
        if (!_running.TryAdd((call.Tenant, call.RequestId), true))
            throw ApiErrors.RequestInProgress(call.RequestId);
        try
        {
            return await RunOnceAsync(call, context.Method, request, next);
        }
        finally
        {
            _running.TryRemove((call.Tenant, call.RequestId), out _);
        }
    }

    private async Task<TResponse> RunOnceAsync<TResponse>(Call call, string method, IMessage request, Func<Task<TResponse>> next)
        where TResponse : class
    {
        var begun = await requests.BeginAsync(
            call.Tenant, call.RequestId, method, RequestHash.Of(method, request), ids.NewId(), time.GetUtcNow(), call.Ct);
        if (!begun.SameContent)
            throw ApiErrors.RequestIdReused(call.RequestId);
        if (begun.Response is { } stored)
            return Read<TResponse>(stored);
        call.ResourceId = begun.ResourceId;
        call.IsRepeat = !begun.IsNew;
        TResponse response;
        try
        {
            response = await next();
        }
        catch (ApiException refusal) when (begun.IsNew && IsFinal(refusal.Code))
        {
            await requests.AbandonAsync(call.Tenant, call.RequestId, CancellationToken.None);
            throw;
        }
        // The effect is there; that the caller may have gone is no reason to forget its answer.
        await requests.CompleteAsync(call.Tenant, call.RequestId, Write(response), CancellationToken.None);
        return response;
    }

    /// <summary>Whether a refusal is known to have changed nothing.</summary>
    private static bool IsFinal(StatusCode code) => code is not (StatusCode.Unknown or StatusCode.Unavailable or StatusCode.Internal);

    private static string ReadRequestId(IMessage request)
    {
        var shape = RequestShape.Of(request.Descriptor);
        var text = shape.RequestIdOf(request) ?? throw new InvalidOperationException($"{request.Descriptor.FullName} has no request id.");
        if (text.Length == 0)
            throw Violations.Single(shape.RequestIdField, Rules.Required, "It is required: a UUID with hyphens.");
        return ResourceName.TryParseId(text.ToLowerInvariant(), out var id)
            ? id.ToString("D")
            : throw Violations.Single(shape.RequestIdField, text.Length > 36 ? Rules.TooLong : Rules.Malformed, "It is a UUID with hyphens.");
    }

    private byte[] Write(object response) => protector.Protect(Convert.ToBase64String(((IMessage)response).ToByteArray()));

    private TResponse Read<TResponse>(byte[] stored)
        where TResponse : class
    {
        var response = Activator.CreateInstance<TResponse>();
        ((IMessage)response).MergeFrom(Convert.FromBase64String(protector.Unprotect(stored)));
        return response;
    }
}

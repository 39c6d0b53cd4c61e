using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;
using Herald.Api.Calls;
using Herald.Api.Errors;
using Herald.Contracts;
using Herald.Contracts.Errors.V1;
using Herald.Domain;
using Herald.Storage.Audit;

namespace Herald.Api.Interceptors;

/// <summary>
/// Notes every change that ran, and every one that was refused: who, what, on what, when, from where, how it ended. A repeated call
/// that only got the first answer again is not noted a second time.
/// </summary>
internal sealed class AuditInterceptor(IAuditStore audit, IIdSource ids, TimeProvider time) : RequestInterceptor
{
    private const string ReasonPrefix = "REASON_";
    private const int PeerMax = 200;

    protected override async Task<TResponse> AroundAsync<TResponse>(IMessage request, ServerCallContext context, Func<Task<TResponse>> next)
    {
        var call = Call.Of(context);
        if (!call.Rules.IsMutation)
            return await next();
        TResponse response;
        try
        {
            response = await next();
        }
        catch (Exception exception)
        {
            await AppendAsync(call, context.Peer, NameIn(request), OutcomeOf(exception));
            throw;
        }
        await AppendAsync(call, context.Peer, NameIn((IMessage)(object)response, request), "OK");
        return response;
    }

    private Task AppendAsync(Call call, string peer, string resource, string outcome) => audit.AppendAsync(
        new AuditRow
        {
            TenantId = call.Tenant,
            AuditId = ids.NewId(),
            Time = time.GetUtcNow(),
            Actor = call.Caller.Actor,
            Action = call.Rules.Name,
            Resource = resource,
            Outcome = outcome,
            Peer = peer.Length <= PeerMax ? peer : peer[..PeerMax],
            Detail = $$"""{"request_id":"{{call.RequestId}}"}""",
        },
        // What was done is noted even if the caller has gone.
        CancellationToken.None);

    /// <summary>The name in the request. Only a well-formed one: other texts may be anything.</summary>
    private static string NameIn(IMessage message) =>
        RequestShape.Of(message.Descriptor).NameOf(message) is { } text && ResourceName.TryParse(text, out _) ? text : "";

    /// <summary>The name of the resource that was changed, where the answer holds one; else that in the request.</summary>
    private static string NameIn(IMessage response, IMessage request) =>
        response.Descriptor.FindFieldByNumber(1) is { FieldType: FieldType.Message, IsRepeated: false } field
        && field.Accessor.GetValue(response) is IMessage resource && NameIn(resource) is { Length: > 0 } name
            ? name
            : NameIn(request);

    private static string OutcomeOf(Exception exception) => exception switch
    {
        ApiException refusal => WordOf(refusal.Detail.Reason),
        OperationCanceledException => "CANCELLED",
        _ => "ERROR",
    };

    private static string WordOf(Reason reason) =>
        ErrorDetail.Descriptor.FindFieldByName("reason").EnumType.FindValueByNumber((int)reason).Name[ReasonPrefix.Length..];
}

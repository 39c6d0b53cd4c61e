using Google.Protobuf;
using Grpc.Core;
using Herald.Api.Calls;
using Herald.Api.Errors;
using Herald.Contracts;
using Herald.Domain.Tenants;
using Herald.Storage.Tenants;
using Microsoft.Extensions.Logging;

namespace Herald.Api.Interceptors;

/// <summary>
/// Decides which tenant a call is about, before any handler sees it: the key's. A request that names another one is answered as if
/// there were no such thing, but for keys of the system tenant where tenants and their keys are managed.
/// </summary>
internal sealed class TenantInterceptor(ITenantStore tenants, ILogger<TenantInterceptor> logger) : RequestInterceptor
{
    protected override async Task<TResponse> AroundAsync<TResponse>(IMessage request, ServerCallContext context, Func<Task<TResponse>> next)
    {
        var call = Call.Of(context);
        RequestGuard.Check(request, call.Rules.IsBatch);
        var state = await SettleTenantAsync(call, RequestShape.Of(request.Descriptor).NameOf(request), context.Method);
        if (call.Rules.IsMutation && state != TenantState.Active)
            throw ApiErrors.TenantState(TenantName.Format(call.Tenant.Value), state.ToString().ToUpperInvariant());
        return await next();
    }

    private async Task<TenantState> SettleTenantAsync(Call call, string? name, string method)
    {
        // A text that is no name is the handler's to refuse, together with all else that is wrong.
        if (!ResourceName.TryParse(name, out var parsed) || parsed.Collections[0] != TenantName.Collection)
            return call.Caller.TenantState;
        var named = new TenantId(parsed.Ids[0]);
        if (named == call.Caller.Tenant)
            return call.Caller.TenantState;
        if (!call.Caller.IsSystem || !call.Rules.IsCrossTenant || await tenants.GetAsync(named, call.Ct) is not { } row)
        {
            var denied = ApiErrors.NotFound(name!);
            ApiLog.Denied(logger, method, call.Caller.KeyId, call.Caller.Tenant, denied.Detail.Reason);
            throw denied;
        }
        call.Tenant = named;
        return row.State;
    }
}

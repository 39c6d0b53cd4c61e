using Grpc.Core;
using Herald.Api.Calls;
using Herald.Api.Errors;
using Herald.Api.Tenants;
using Microsoft.Extensions.Logging;

namespace Herald.Api.Interceptors;

/// <summary>Lets a call in only with a key that is valid, has the method's scope, and is within its rate.</summary>
internal sealed class AuthenticationInterceptor(
    ApiKeyAuthenticator authenticator, CallRates rates, ILogger<AuthenticationInterceptor> logger) : CallInterceptor
{
    protected override async Task<TResult> AroundAsync<TResult>(ServerCallContext context, Func<Task<TResult>> next)
    {
        var caller = await authenticator.AuthenticateAsync(context.RequestHeaders.GetValue("authorization"), context.CancellationToken);
        rates.Take(caller.KeyId);
        var rules = MethodRules.Of(context.Method);
        if (!caller.May(rules.Scope))
        {
            var denied = ApiErrors.ScopeMissing(rules.Scope);
            ApiLog.Denied(logger, context.Method, caller.KeyId, caller.Tenant, denied.Detail.Reason);
            throw denied;
        }
        Call.Begin(context, caller, rules);
        return await next();
    }
}

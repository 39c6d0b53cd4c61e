using Grpc.Core;
using Herald.Api.Calls;
using Herald.Api.Errors;
using Herald.Contracts.Errors.V1;
using Herald.Contracts.Tenants.V1;
using Herald.Domain.Tenants;
using Herald.Storage.Tenants;

namespace Herald.Api.Tenants;

/// <summary>Serves <c>herald.tenants.v1.ApiKeysService</c>.</summary>
internal sealed class ApiKeysRpc(IApiKeyStore keys, ApiKeyIssuer issuer, ApiKeyAuthenticator authenticator, TimeProvider time)
    : ApiKeysService.ApiKeysServiceBase
{
    public override async Task<CreateApiKeyResponse> CreateApiKey(CreateApiKeyRequest request, ServerCallContext context)
    {
        var call = Call.Of(context);
        var wanted = request.ApiKey ?? new Contracts.Tenants.V1.ApiKey();
        call.TenantName("parent", request.Parent);
        call.Violations.Check("api_key", wanted);
        call.ThrowIfInvalid();
        var scopes = wanted.Scopes.Aggregate(ApiScopes.None, static (all, scope) => all | scope.ToStored());
        var (row, key) = await issuer.IssueAsync(call.Tenant, new ApiKeyId(call.ResourceId), wanted.DisplayName, scopes, call.Ct);
        return new CreateApiKeyResponse { ApiKey = row.ToProto(), Secret = key.ToText() };
    }

    public override async Task<ListApiKeysResponse> ListApiKeys(ListApiKeysRequest request, ServerCallContext context)
    {
        var call = Call.Of(context);
        call.TenantName("parent", request.Parent);
        var page = PageRequest.Read(call, request.PageSize, request.PageToken);
        call.ThrowIfInvalid();
        var rows = (await keys.ListAsync(call.Tenant, call.Ct))
            .Select(row => (Row: row, Id: ApiKeyId.Parse(row.KeyId).Value))
            .OrderBy(item => item.Id.ToString("N"), StringComparer.Ordinal)
            .Where(item => page.After is not { } after || string.CompareOrdinal(item.Id.ToString("N"), after.ToString("N")) > 0)
            .Take(page.ReadSize)
            .ToList();
        var (items, next) = page.Cut(rows, item => item.Id);
        return new ListApiKeysResponse { ApiKeys = { items.Select(item => item.Row.ToProto()) }, NextPageToken = next };
    }

    public override async Task<RevokeApiKeyResponse> RevokeApiKey(RevokeApiKeyRequest request, ServerCallContext context)
    {
        var call = Call.Of(context);
        var keyId = call.ApiKeyName("name", request.Name).ToString();
        call.ThrowIfInvalid();
        var all = await keys.ListAsync(call.Tenant, call.Ct);
        var key = all.FirstOrDefault(row => row.KeyId == keyId) ?? throw ApiErrors.NotFound(request.Name);
        var now = time.StoredNow();
        key = await keys.RevokeUnlessLastAdminAsync(call.Tenant, keyId, now, call.Ct) switch
        {
            ApiKeyRevocation.LastAdminKey => throw LastAdminKey(request.Name),
            ApiKeyRevocation.Revoked => key with { RevokeTime = now },
            _ => await keys.FindAsync(keyId, call.Ct) ?? key,
        };
        await authenticator.ForgetEverywhereAsync(keyId, call.Ct);
        return new RevokeApiKeyResponse { ApiKey = key.ToProto() };
    }

    private static ApiException LastAdminKey(string name) =>
        new(Reason.LastAdminKey, $"'{name}' is the tenant's last key with the scope ADMIN.", ("resource", name));
}

using Grpc.Core;
using Herald.Api.Calls;
using Herald.Api.Errors;
using Herald.Api.Tests.Isolation;
using Herald.Api.Tests.Support;
using Herald.Contracts.Errors.V1;
using Herald.Contracts.Tenants.V1;
using Herald.Domain.Tenants;

namespace Herald.Api.Tests.Calls;

public sealed class MethodRulesTests(SqliteApi api) : IClassFixture<SqliteApi>
{
    public static TheoryData<string> Methods => [.. RpcCatalog.Methods.Select(method => method.FullName)];

    private static readonly Dictionary<ApiScopes, string> Words = new()
    {
        [ApiScopes.Admin] = "ADMIN",
        [ApiScopes.TenantRead] = "READ",
        [ApiScopes.TenantWrite] = "WRITE",
        [ApiScopes.Send] = "SEND",
    };

    [Theory]
    [MemberData(nameof(Methods))]
    public void A_method_needs_the_scope_that_its_comment_names(string fullName)
    {
        var rules = MethodRules.Of(PathOf(fullName));

        Assert.Contains($"the scope {Words[rules.Scope]}", ProtoComments.Of(fullName), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void A_method_that_takes_a_request_id_is_a_change_and_no_other_is(string fullName)
    {
        var method = RpcCatalog.Methods.Single(method => method.FullName == fullName);

        Assert.Equal(RequestShape.Of(method.InputType).RequestIdField.Length > 0, MethodRules.Of(PathOf(fullName)).IsMutation);
        Assert.False(method.IsClientStreaming && method.IsServerStreaming, "Calls that stream both ways are not checked by the interceptors.");
    }

    [Fact]
    public async Task A_call_without_a_key_or_with_a_wrong_one_is_refused_by_every_method()
    {
        var caller = await api.Host.NewTenantAsync();
        var wrong = caller.Key[..^1] + (caller.Key[^1] == 'a' ? 'q' : 'a');
        string?[] headers = [null, "", "Basic abc", "Bearer ", "Bearer hk_x", $"Bearer {wrong}", $"bearer {Guid.Empty}"];

        foreach (var method in RpcCatalog.Methods)
        {
            foreach (var header in headers)
            {
                var metadata = header is null ? [] : new Metadata { { "authorization", header } };
                var exception = await Assert.ThrowsAsync<RpcException>(() =>
                    RpcCatalog.CallAsync(api.Host.Channel, method, method.InputType.Parser.ParseFrom([]), metadata));
                Assert.Equal(StatusCode.Unauthenticated, exception.StatusCode);
                var reason = Expect.DetailOf(exception).Reason;
                Assert.Equal(header?.StartsWith("bearer ", StringComparison.OrdinalIgnoreCase) == true ? Reason.ApiKeyInvalid : Reason.ApiKeyMissing, reason);
            }
        }
    }

    [Fact]
    public async Task A_key_without_the_scope_is_refused_by_every_method()
    {
        var tenant = await api.Host.NewTenantAsync();
        foreach (var (scope, word) in Words.Where(entry => entry.Key != ApiScopes.Admin))
        {
            var caller = await api.Host.NewKeyAsync(tenant, Enum.Parse<ApiKeyScope>(word, ignoreCase: true));
            foreach (var method in RpcCatalog.Methods.Where(method => MethodRules.Of(PathOf(method.FullName)).Scope != scope))
            {
                var detail = await Expect.FailsAsync(StatusCode.PermissionDenied, Reason.ScopeMissing, () =>
                    RpcCatalog.CallAsync(api.Host.Channel, method, method.InputType.Parser.ParseFrom([]), caller.Auth));
                Assert.Equal(Words[MethodRules.Of(PathOf(method.FullName)).Scope], detail.Metadata["scope"]);
            }
        }
    }

    [Fact]
    public void Every_reason_has_the_code_that_its_comment_names()
    {
        var reasons = Enum.GetValues<Reason>().Where(reason => reason != Reason.Unspecified);

        Assert.All(reasons, reason => Assert.NotEqual(StatusCode.OK, ErrorTable.CodeOf(reason)));
    }

    private static string PathOf(string fullName)
    {
        var dot = fullName.LastIndexOf('.');
        return $"/{fullName[..dot]}/{fullName[(dot + 1)..]}";
    }
}

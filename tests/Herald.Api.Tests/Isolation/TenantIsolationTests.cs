using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;
using Herald.Api.Tests.Support;
using Herald.Contracts.Errors.V1;

namespace Herald.Api.Tests.Isolation;

/// <summary>A tenant's key gets NOT_FOUND for everything of another tenant, by whatever method and in whatever field it is named.</summary>
public sealed class TenantIsolationTests(SqliteApi api) : IClassFixture<SqliteApi>
{
    /// <summary>Methods that name nothing, each with its reason.</summary>
    private static readonly string[] Nameless =
        ["herald.tenants.v1.TenantsService.CreateTenant", "herald.tenants.v1.TenantsService.ListTenants"];

    private ApiHost Host => api.Host;

    [Fact]
    public async Task Every_method_answers_not_found_for_every_name_of_another_tenant()
    {
        var (mine, other) = (await Neighbour.CreateAsync(Host), await Neighbour.CreateAsync(Host));
        var failures = new List<string>();
        var attempts = 0;

        foreach (var method in RpcCatalog.Methods)
        {
            var references = RequestBuilder.FieldsOf(method.InputType).Where(field => field.Pattern is not null).ToList();
            if (!references.Any(field => field.IsSubject) && !Nameless.Contains(method.FullName))
                failures.Add($"{method.FullName}: its request has no name or parent whose comment says its form.");
            foreach (var reference in references)
            {
                attempts++;
                var request = Build(method, mine);
                reference.Set(request, other.Name(reference.Pattern!));
                if (request.Descriptor.FindFieldByName("update_mask") is { } mask && !reference.IsSubject)
                    mask.Accessor.SetValue(request, new Google.Protobuf.WellKnownTypes.FieldMask { Paths = { reference.Field.Name } });
                failures.AddRange(await FindFailureAsync(method, request, mine, $"{reference.Path} of another tenant"));
            }
        }

        Assert.True(failures.Count == 0, string.Join('\n', failures));
        Assert.True(attempts >= RpcCatalog.Methods.Count);
    }

    [Fact]
    public async Task Every_method_answers_not_found_for_ids_of_another_tenant_under_the_own_name()
    {
        var (mine, other) = (await Neighbour.CreateAsync(Host), await Neighbour.CreateAsync(Host));
        var failures = new List<string>();
        var attempts = 0;

        foreach (var method in RpcCatalog.Methods)
        {
            foreach (var subject in RequestBuilder.FieldsOf(method.InputType).Where(field => field.IsSubject && field.Pattern!.Count(c => c == '/') > 2))
            {
                attempts++;
                var request = Build(method, mine);
                subject.Set(request, other.NameUnder(mine.Caller, subject.Pattern!));
                failures.AddRange(await FindFailureAsync(method, request, mine, $"{subject.Path} with an id of another tenant"));
            }
        }

        Assert.True(failures.Count == 0, string.Join('\n', failures));
        Assert.True(attempts >= 20);
    }

    [Fact]
    public async Task Keys_of_the_system_tenant_reach_other_tenants_only_where_tenants_and_keys_are_managed()
    {
        var other = await Neighbour.CreateAsync(Host);
        var failures = new List<string>();

        foreach (var method in RpcCatalog.Methods.Where(method => method.Service.Name is not ("TenantsService" or "ApiKeysService")))
        {
            var request = Build(method, other);
            failures.AddRange(await FindFailureAsync(method, request, Host.Admin, "a tenant's name with the system tenant's key"));
        }

        Assert.True(failures.Count == 0, string.Join('\n', failures));
    }

    private static IMessage Build(MethodDescriptor method, Neighbour names) => RequestBuilder.Fill(method.InputType, names.Name);

    private Task<List<string>> FindFailureAsync(MethodDescriptor method, IMessage request, Neighbour mine, string what) =>
        FindFailureAsync(method, request, mine.Caller, what);

    private async Task<List<string>> FindFailureAsync(MethodDescriptor method, IMessage request, TestCaller caller, string what)
    {
        try
        {
            await RpcCatalog.CallAsync(Host.Channel, method, request, caller.Auth);
            return [$"{method.FullName} with {what}: succeeded."];
        }
        catch (RpcException exception)
        {
            var detail = Expect.DetailOf(exception);
            return exception.StatusCode == StatusCode.NotFound && detail.Reason == Reason.ResourceNotFound
                ? []
                : [$"{method.FullName} with {what}: {exception.Status} {detail.Reason}"];
        }
    }
}

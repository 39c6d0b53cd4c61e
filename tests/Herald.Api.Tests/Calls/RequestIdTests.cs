using Grpc.Core;
using Herald.Api.Tests.Support;
using Herald.Contracts.Contacts.V1;
using Herald.Contracts.Errors.V1;
using Herald.Contracts.Tenants.V1;
using Herald.Storage.Audit;

namespace Herald.Api.Tests.Calls;

public sealed class RequestIdTests(SqliteApi api) : IClassFixture<SqliteApi>
{
    private ContactListsService.ContactListsServiceClient Lists => new(api.Host.Channel);

    [Fact]
    public async Task A_repeated_request_gets_the_first_answer_and_changes_nothing()
    {
        var caller = await api.Host.NewTenantAsync();
        var request = NewList(caller, World.NewRequestId());

        var first = await Lists.CreateContactListAsync(request, caller.Auth);
        request.RequestId = request.RequestId.ToUpperInvariant();
        var second = await Lists.CreateContactListAsync(request, caller.Auth);

        Assert.Equal(first, second);
        Assert.Single((await Lists.ListContactListsAsync(new ListContactListsRequest { Parent = caller.Name }, caller.Auth)).ContactLists);
    }

    [Fact]
    public async Task A_repeated_request_for_a_key_gets_the_same_secret_again()
    {
        var caller = await api.Host.NewTenantAsync();
        var client = new ApiKeysService.ApiKeysServiceClient(api.Host.Channel);
        var request = new CreateApiKeyRequest
        {
            Parent = caller.Name,
            ApiKey = new ApiKey { DisplayName = "Second", Scopes = { ApiKeyScope.Read } },
            RequestId = World.NewRequestId(),
        };

        var first = await client.CreateApiKeyAsync(request, caller.Auth);
        var second = await client.CreateApiKeyAsync(request, caller.Auth);

        Assert.Equal(first, second);
        Assert.StartsWith("hk_", first.Secret, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_id_used_for_something_else_is_refused()
    {
        var caller = await api.Host.NewTenantAsync();
        var request = NewList(caller, World.NewRequestId());
        var list = (await Lists.CreateContactListAsync(request, caller.Auth)).ContactList;

        request.ContactList.DisplayName = "Others";
        var otherContent = await Expect.FailsAsync(
            StatusCode.InvalidArgument, Reason.RequestIdReused, async () => await Lists.CreateContactListAsync(request, caller.Auth));
        await Expect.FailsAsync(StatusCode.InvalidArgument, Reason.RequestIdReused, async () => await Lists.DeleteContactListAsync(
            new DeleteContactListRequest { Name = list.Name, RequestId = request.RequestId }, caller.Auth));

        Assert.Equal(request.RequestId, otherContent.Metadata["request_id"]);
    }

    [Fact]
    public async Task The_same_request_id_of_two_tenants_are_two_requests()
    {
        var (one, other) = (await api.Host.NewTenantAsync(), await api.Host.NewTenantAsync());
        var requestId = World.NewRequestId();

        var first = await Lists.CreateContactListAsync(NewList(one, requestId), one.Auth);
        var second = await Lists.CreateContactListAsync(NewList(other, requestId), other.Auth);

        Assert.NotEqual(first.ContactList.Name, second.ContactList.Name);
    }

    [Fact]
    public async Task A_refused_request_leaves_its_id_free()
    {
        var caller = await api.Host.NewTenantAsync();
        var request = NewList(caller, World.NewRequestId());
        request.ContactList.DisplayName = "";
        await Expect.FieldFailsAsync("contact_list.display_name", "required", async () => await Lists.CreateContactListAsync(request, caller.Auth));

        request.ContactList.DisplayName = "Customers";
        var answer = await Lists.CreateContactListAsync(request, caller.Auth);

        Assert.Equal("Customers", answer.ContactList.DisplayName);
    }

    [Fact]
    public async Task A_request_that_broke_off_before_its_answer_finds_its_own_work()
    {
        var caller = await api.Host.NewTenantAsync();
        var request = NewList(caller, World.NewRequestId());
        var first = await Lists.CreateContactListAsync(request, caller.Auth);
        await ForgetAnswerAsync(request.RequestId);

        var second = await Lists.CreateContactListAsync(request, caller.Auth);

        Assert.Equal(first.ContactList.Name, second.ContactList.Name);
        Assert.Single((await Lists.ListContactListsAsync(new ListContactListsRequest { Parent = caller.Name }, caller.Auth)).ContactLists);
    }

    [Fact]
    public async Task Two_calls_at_once_with_one_request_id_create_one_thing()
    {
        var caller = await api.Host.NewTenantAsync();
        var request = NewList(caller, World.NewRequestId());

        var calls = await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            try
            {
                return (await Lists.CreateContactListAsync(request, caller.Auth)).ContactList.Name;
            }
            catch (RpcException exception) when (exception.StatusCode == StatusCode.Aborted)
            {
                Assert.Equal(Reason.RequestInProgress, Expect.DetailOf(exception).Reason);
                return null;
            }
        }));

        Assert.Single(calls.OfType<string>().Distinct());
    }

    [Fact]
    public async Task A_change_is_audited_once_with_who_what_and_from_where()
    {
        var caller = await api.Host.NewTenantAsync();
        var request = NewList(caller, World.NewRequestId());
        var list = (await Lists.CreateContactListAsync(request, caller.Auth)).ContactList;
        await Lists.CreateContactListAsync(request, caller.Auth);
        request = NewList(caller, World.NewRequestId());
        request.ContactList.DisplayName = "";
        await Assert.ThrowsAsync<RpcException>(async () => await Lists.CreateContactListAsync(request, caller.Auth));

        var rows = await api.Host.Get<IAuditStore>().ListAsync(caller.Tenant, null, 10, CancellationToken.None);

        var mine = rows.Where(row => row.Action == "CreateContactList").ToList();
        Assert.Equal(["FIELD_INVALID", "OK"], mine.Select(row => row.Outcome));
        Assert.Equal(list.Name, mine[1].Resource);
        Assert.StartsWith("key:", mine[1].Actor, StringComparison.Ordinal);
        Assert.Contains("127.0.0.1", mine[1].Peer, StringComparison.Ordinal);
    }

    private static CreateContactListRequest NewList(TestCaller caller, string requestId) =>
        new() { Parent = caller.Name, ContactList = new ContactList { DisplayName = "Customers" }, RequestId = requestId };

    private async Task ForgetAnswerAsync(string requestId) => Assert.Equal(1, await api.Host.ForgetAnswerAsync(requestId));
}

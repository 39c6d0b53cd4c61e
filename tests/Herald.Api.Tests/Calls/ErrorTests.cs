using Grpc.Core;
using Herald.Api.Interceptors;
using Herald.Api.Tests.Support;
using Herald.Contracts.Contacts.V1;
using Herald.Contracts.Errors.V1;
using Herald.Storage;
using Herald.Storage.Contacts;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using NSubstitute;

namespace Herald.Api.Tests.Calls;

public sealed class ErrorTests
{
    private const int FailedEvent = 4000;
    private const int SqliteBusy = 5;
    private const string Private = "the number +34600000001 and the token EAAG";

    [Fact]
    public async Task A_mistake_of_Heralds_own_is_told_by_number_and_its_cause_only_in_the_log()
    {
        await using var host = await StartAsync(new InvalidOperationException(Private));
        host.Log.Announce(nameof(ErrorInterceptor), FailedEvent);

        var exception = await Assert.ThrowsAsync<RpcException>(() => ListAsync(host));

        var detail = Expect.DetailOf(exception);
        var logged = Assert.Single(host.Log.Entries, entry => entry.EventId == FailedEvent);
        Assert.Equal((StatusCode.Internal, Reason.Internal), (exception.StatusCode, detail.Reason));
        Assert.Contains(detail.Metadata["correlation_id"], logged.Message, StringComparison.Ordinal);
        Assert.Equal(Private, logged.Exception?.Message);
        Assert.DoesNotContain("+34600000001", exception.ToString() + detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_that_is_away_is_unavailable_and_says_when_to_try_again()
    {
        await using var host = await StartAsync(new SqliteException(Private, SqliteBusy));

        var detail = await Expect.FailsAsync(StatusCode.Unavailable, Reason.ServiceUnavailable, () => ListAsync(host));

        Assert.True(detail.RetryDelay.ToTimeSpan() > TimeSpan.Zero);
    }

    private static async Task<ListContactListsResponse> ListAsync(ApiHost host)
    {
        var caller = await host.NewTenantAsync();
        var client = new ContactListsService.ContactListsServiceClient(host.Channel);
        return await client.ListContactListsAsync(new ListContactListsRequest { Parent = caller.Name }, caller.Auth);
    }

    /// <summary>A host whose lists cannot be listed.</summary>
    private static Task<ApiHost> StartAsync(Exception failure)
    {
        var lists = Substitute.For<IContactListStore>();
        lists.ListAsync(default, default, default, default)
            .ReturnsForAnyArgs(Task.FromException<IReadOnlyList<ContactListRow>>(failure));
        return ApiHost.StartAsync(DatabaseProvider.Sqlite, static _ => { }, services => services.Replace(ServiceDescriptor.Singleton(lists)));
    }
}

using System.Text;
using Grpc.Core;
using Herald.Api.Tests.Isolation;
using Herald.Api.Tests.Support;
using Herald.Contracts.Contacts.V1;
using Herald.Contracts.Errors.V1;
using Herald.Storage;

namespace Herald.Api.Tests.Calls;

/// <summary>What depends on the database most, on the other one.</summary>
public sealed class PostgreSqlTests
{
    [Fact]
    public async Task Everything_can_be_made_imported_and_kept_apart_on_PostgreSQL()
    {
        await using var host = await ApiHost.StartAsync(DatabaseProvider.PostgreSql, static _ => { });
        var (mine, other) = (await Neighbour.CreateAsync(host), await Neighbour.CreateAsync(host));
        var header = new ImportContactsHeader { Parent = mine.Caller.Name, ConsentSource = "shop", RequestId = World.NewRequestId() };

        var first = await host.ImportAsync(mine.Caller, header, Encoding.UTF8.GetBytes("phone,consent\n+34600000101,yes\n+34600000102,no\n"));
        var second = await host.ImportAsync(mine.Caller, header, Encoding.UTF8.GetBytes("phone,consent\n+34600000101,yes\n+34600000102,no\n"));

        Assert.Equal((2, 1, 1), (first.Summary.CreatedCount, first.Summary.ConsentGrantedCount, first.Summary.ConsentRevokedCount));
        Assert.Equal(first, second);
        foreach (var method in RpcCatalog.Methods)
        {
            foreach (var subject in RequestBuilder.FieldsOf(method.InputType).Where(field => field.IsSubject))
            {
                var request = RequestBuilder.Fill(method.InputType, mine.Name);
                subject.Set(request, other.Name(subject.Pattern!));
                await Expect.FailsAsync(StatusCode.NotFound, Reason.ResourceNotFound, () => RpcCatalog.CallAsync(host.Channel, method, request, mine.Caller.Auth));
            }
        }
    }
}

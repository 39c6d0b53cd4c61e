using Herald.Domain.Consents;
using Herald.Domain.Contacts;
using Herald.Domain.Tenants;
using Herald.Storage.Consents;
using Herald.Storage.Contacts;
using Herald.Storage.Keys;
using Microsoft.Extensions.DependencyInjection;

namespace Herald.Storage.Conformance.Consents;

/// <summary>Erasures at the same time as everything that brings a person back.</summary>
public abstract class ErasureRaceTests(DatabaseProvider provider) : ConformanceTest(provider)
{
    private const int People = 40;

    private IContactStore Contacts => Get<IContactStore>();

    [Fact]
    public async Task An_import_and_an_inbound_message_during_an_erasure_bring_nobody_back_without_their_refusal()
    {
        var tenant = await Given.StoredTenantAsync();
        var list = Given.List(tenant);
        Assert.True(await Get<IContactListStore>().InsertAsync(list, None));
        var people = await RefusedAsync(tenant);
        var other = Database.AddNode().GetRequiredService<IContactStore>();

        List<Task> work = [];
        foreach (var chunk in people.Chunk(5))
            work.Add(Task.Run(() => other.ImportAsync(tenant, Import(list.ListId, chunk), None)));
        foreach (var (contact, phone) in people)
        {
            work.Add(Task.Run(() => Contacts.DeleteAsync(tenant, contact, null, Now, None)));
            if (work.Count % 4 == 0)
                work.Add(Task.Run(() => ResolveAsync(tenant, phone)));
        }
        await Task.WhenAll(work).WaitAsync(Limit);
        foreach (var chunk in people.Chunk(7))
            await Contacts.ImportAsync(tenant, Import(list.ListId, chunk), None);

        foreach (var (_, phone) in people)
            Assert.Equal(ConsentState.Revoked, await MarketingAsync(tenant, phone));
        var members = await Get<IContactListStore>().GetAsync(tenant, list.ListId, None);
        Assert.Equal((People, People), ((await Contacts.ListAsync(tenant, list.ListId, null, 1_000, None)).Count, members!.Members));
    }

    [Fact]
    public async Task An_opt_out_during_an_erasure_is_kept_or_told_to_look_again()
    {
        var tenant = await Given.StoredTenantAsync();
        var people = await PeopleAsync(tenant);
        var other = Database.AddNode().GetRequiredService<IConsentStore>();

        async Task StopAsync((ContactId Contact, string Phone) person)
        {
            var contact = person.Contact;
            while ((await other.RecordAsync(Given.Event(tenant, contact, ConsentAction.Revoke), null, [], None)).ContactAbsent)
                contact = (await ResolveAsync(tenant, person.Phone)).ContactId;
        }

        await Task.WhenAll(
            people.Select(one => Task.Run(() => StopAsync(one)))
                .Concat(people.Select(one => Task.Run(async () => { await Contacts.DeleteAsync(tenant, one.Contact, null, Now, None); }))))
            .WaitAsync(Limit);
        await Contacts.ImportAsync(tenant, Import(null, people), None);

        foreach (var (_, phone) in people)
            Assert.Equal(ConsentState.Revoked, await MarketingAsync(tenant, phone));
    }

    [Fact]
    public async Task Of_several_nodes_that_make_the_key_at_once_all_get_one()
    {
        var stores = Enumerable.Range(0, 4).Select(_ => Database.AddNode().GetRequiredService<IIdentityKeyStore>()).ToList();

        Assert.Null(await stores[0].FindAsync(None));
        var keys = await Task.WhenAll(stores.Select((store, i) => Task.Run(() => store.AddAsync([(byte)i], Now, None)))).WaitAsync(Limit);

        var stored = Assert.IsType<byte[]>(await stores[0].FindAsync(None));
        Assert.All(keys, key => Assert.Equal(stored, key));
    }

    [Fact]
    public async Task No_second_key_is_made_while_suppressions_of_the_first_exist()
    {
        var tenant = await Given.StoredTenantAsync();
        var contact = await Given.StoredContactAsync(tenant);
        await Given.RecordAsync(tenant, contact, ConsentAction.Revoke);
        await Contacts.DeleteAsync(tenant, contact, null, Now, None);

        Assert.Null(await Get<IIdentityKeyStore>().AddAsync([1], Now, None));
        Assert.Null(await Get<IIdentityKeyStore>().FindAsync(None));
    }

    private async Task<List<(ContactId Contact, string Phone)>> PeopleAsync(TenantId tenant)
    {
        List<(ContactId, string)> people = [];
        for (var i = 0; i < People; i++)
        {
            var row = Given.Contact(tenant);
            await Contacts.InsertAsync(row, [], None);
            people.Add((row.ContactId, row.Phone!));
        }
        return people;
    }

    private async Task<List<(ContactId Contact, string Phone)>> RefusedAsync(TenantId tenant)
    {
        var people = await PeopleAsync(tenant);
        foreach (var (contact, _) in people)
            await Given.RecordAsync(tenant, contact, ConsentAction.Revoke);
        return people;
    }

    private ContactImportBatch Import(ContactListId? list, IEnumerable<(ContactId Contact, string Phone)> people) => new()
    {
        ListId = list,
        Now = Now,
        Rows = [.. people.Select(one => Given.ImportRow(one.Phone, ConsentAction.Grant))],
    };

    private Task<ContactRow> ResolveAsync(TenantId tenant, string phone) => Contacts.ResolveInboundAsync(
        tenant,
        new InboundIdentity { Phone = phone, PhoneVariants = [], UserId = null, ParentUserId = null, Username = null, ProfileName = "" },
        Ids.New<ContactId>(), Now, None);

    private async Task<ConsentState> MarketingAsync(TenantId tenant, string phone)
    {
        var contact = Assert.IsType<ContactRow>(await Contacts.FindByPhoneAsync(tenant, [phone], None));
        return (await Get<IConsentStore>().GetAsync(tenant, contact.ContactId, None)).FirstOrDefault(row => row.Scope is null)?.Marketing
            ?? ConsentState.Unknown;
    }
}

public sealed class SqliteErasureRaceTests() : ErasureRaceTests(DatabaseProvider.Sqlite);

public sealed class PostgreSqlErasureRaceTests() : ErasureRaceTests(DatabaseProvider.PostgreSql);

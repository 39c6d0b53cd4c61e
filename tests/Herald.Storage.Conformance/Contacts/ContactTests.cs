using Herald.Domain.Contacts;
using Herald.Domain.Senders;
using Herald.Domain.Tenants;
using Herald.Storage.Consents;
using Herald.Storage.Contacts;

namespace Herald.Storage.Conformance.Contacts;

public abstract class ContactTests(DatabaseProvider provider) : ConformanceTest(provider)
{
    private static readonly InboundIdentity Nobody = new()
    {
        Phone = null,
        PhoneVariants = [],
        UserId = null,
        ParentUserId = null,
        Username = null,
        ProfileName = "",
    };

    private IContactStore Store => Get<IContactStore>();

    [Fact]
    public async Task A_contact_is_stored_as_it_is_with_unicode_nulls_and_microseconds()
    {
        var tenant = await Given.StoredTenantAsync();
        var row = Given.Contact(tenant) with
        {
            DisplayName = "Zoë 'O''Neill' 🎉 \"x\"; DROP",
            Username = "Zoë.N",
            Attributes = new Dictionary<string, string> { ["ñ"] = "ß\n\t", ["a"] = "" },
            CreateTime = Now.AddTicks(12_345_670),
        };

        var inserted = await Store.InsertAsync(row, [], None);
        var read = Assert.IsType<ContactRow>(await Store.GetAsync(tenant, row.ContactId, None));

        Assert.Equal(ContactWriteOutcome.Written, inserted.Outcome);
        Assert.Equal(row.Attributes.OrderBy(pair => pair.Key), read.Attributes.OrderBy(pair => pair.Key));
        Assert.Equal(row with { Attributes = read.Attributes }, read);
    }

    [Fact]
    public async Task Identities_are_unique_byte_by_byte_within_a_tenant_and_free_in_another()
    {
        var tenant = await Given.StoredTenantAsync();
        var first = Given.Contact(tenant) with { UserId = "US.AbC", Phone = null };
        await Store.InsertAsync(first, ["5215550001"], None);

        var otherCase = await Store.InsertAsync(Given.Contact(tenant) with { UserId = "US.abc" }, [], None);
        var same = await Store.InsertAsync(Given.Contact(tenant) with { UserId = "US.AbC" }, [], None);
        var sameVariant = await Store.InsertAsync(Given.Contact(tenant) with { Phone = "5215550001" }, [], None);
        var sameId = await Store.InsertAsync(Given.Contact(tenant) with { ContactId = first.ContactId }, [], None);
        var elsewhere = await Store.InsertAsync(Given.Contact(await Given.StoredTenantAsync()) with { UserId = "US.AbC" }, [], None);

        Assert.Equal(ContactWriteOutcome.Written, otherCase.Outcome);
        Assert.Equal((ContactWriteOutcome.IdentityTaken, first.ContactId), (same.Outcome, same.TakenBy));
        Assert.Equal((ContactWriteOutcome.IdentityTaken, first.ContactId), (sameVariant.Outcome, sameVariant.TakenBy));
        Assert.Equal(ContactWriteOutcome.IdExists, sameId.Outcome);
        Assert.Equal(ContactWriteOutcome.Written, elsewhere.Outcome);
        Assert.Equal(2, (await Store.ListAsync(tenant, null, null, 10, None)).Count);
        Assert.Equal(first.ContactId, (await Store.FindByPhoneAsync(tenant, ["000", "5215550001"], None))?.ContactId);
        Assert.Null(await Store.FindByPhoneAsync(tenant, ["000"], None));
    }

    [Fact]
    public async Task An_update_needs_the_version_that_was_read_and_keeps_old_identities_known()
    {
        var tenant = await Given.StoredTenantAsync();
        var row = Given.Contact(tenant);
        var other = Given.Contact(tenant);
        await Store.InsertAsync(row, [], None);
        await Store.InsertAsync(other, [], None);

        var moved = await Store.UpdateAsync(row with { Phone = "34999", DisplayName = "Eva", UpdateTime = Now.AddSeconds(1) }, [], None);
        var stale = await Store.UpdateAsync(row with { DisplayName = "Lost" }, [], None);
        var taken = await Store.UpdateAsync(Assert.IsType<ContactRow>(moved.Row) with { Phone = other.Phone, DisplayName = "Lost" }, [], None);

        Assert.Equal((2, "Eva"), (moved.Row.Version, moved.Row.DisplayName));
        Assert.Equal(ContactWriteOutcome.Conflict, stale.Outcome);
        Assert.Equal((ContactWriteOutcome.IdentityTaken, other.ContactId), (taken.Outcome, taken.TakenBy));
        Assert.Equal("Eva", (await Store.GetAsync(tenant, row.ContactId, None))?.DisplayName);
        Assert.Equal(row.ContactId, (await Store.FindByPhoneAsync(tenant, [row.Phone!], None))?.ContactId);
    }

    [Fact]
    public async Task A_deleted_contact_leaves_its_ledger_and_frees_its_identities()
    {
        var scene = await Given.QueuedSceneAsync(1);
        var row = Assert.IsType<ContactRow>(await Store.GetAsync(scene.Tenant, scene.Contacts[0], None));

        Assert.Equal(ContactDeleteOutcome.Deleted, await Store.DeleteAsync(scene.Tenant, row.ContactId, null, Now, None));
        Assert.Equal(ContactDeleteOutcome.Absent, await Store.DeleteAsync(scene.Tenant, row.ContactId, null, Now, None));

        Assert.Null(await Store.FindByPhoneAsync(scene.Tenant, [row.Phone!], None));
        Assert.Equal(0, (await Get<IContactListStore>().GetAsync(scene.Tenant, scene.List, None))?.Members);
        Assert.Single(await Get<IConsentStore>().ListEventsAsync(scene.Tenant, row.ContactId, null, 10, None));
        Assert.Equal(ContactWriteOutcome.Written, (await Store.InsertAsync(Given.Contact(scene.Tenant) with { Phone = row.Phone }, [], None)).Outcome);
    }

    [Fact]
    public async Task Whoever_writes_is_found_by_any_identity_and_learned_from()
    {
        var tenant = await Given.StoredTenantAsync();
        var row = Given.Contact(tenant) with { DisplayName = "" };
        await Store.InsertAsync(row, ["5215550001"], None);

        var byVariant = await ResolveAsync(tenant, Nobody with { Phone = "5215550001", UserId = "US.1", ProfileName = "Ana" });
        var byUser = await ResolveAsync(tenant, Nobody with { UserId = "US.1", Username = "ana" });
        var byName = await ResolveAsync(tenant, Nobody with { Username = "ana", ParentUserId = "P.1" });
        var stranger = await ResolveAsync(tenant, Nobody with { UserId = "US.2", Username = "ana" });

        Assert.Equal(row.ContactId, byVariant.ContactId);
        Assert.Equal(("US.1", "Ana"), (byVariant.UserId, byVariant.DisplayName));
        Assert.Equal((row.ContactId, "ana"), (byUser.ContactId, byUser.Username));
        Assert.Equal((row.ContactId, "P.1"), (byName.ContactId, byName.ParentUserId));
        // The name went on to whoever wrote last under it; the user id is surer.
        Assert.NotEqual(row.ContactId, stranger.ContactId);
        Assert.Equal("ana", stranger.Username);
        Assert.Equal(stranger.ContactId, (await ResolveAsync(tenant, Nobody with { Username = "ana" })).ContactId);
        Assert.Null((await Store.GetAsync(tenant, row.ContactId, None))?.Username);
        Assert.Equal(stranger, await Store.GetAsync(tenant, stranger.ContactId, None) is { } read ? read with { Attributes = stranger.Attributes } : null);
    }

    [Fact]
    public async Task Resolving_with_nothing_new_changes_nothing()
    {
        var tenant = await Given.StoredTenantAsync();
        var identity = Nobody with { Phone = "34600", UserId = "US.9", ProfileName = "Luz" };

        var first = await ResolveAsync(tenant, identity);
        var second = await ResolveAsync(tenant, identity);

        Assert.Equal(first.ContactId, second.ContactId);
        Assert.Equal(first.Version, second.Version);
    }

    [Fact]
    public async Task Two_messages_at_once_from_a_new_person_make_one_contact()
    {
        var tenant = await Given.StoredTenantAsync();

        var contacts = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() =>
            ResolveAsync(tenant, Nobody with { Phone = "34611", UserId = i % 2 == 0 ? "US.7" : null }))));

        Assert.Single(contacts.Select(contact => contact.ContactId).Distinct());
        Assert.Single(await Store.ListAsync(tenant, null, null, 10, None));
    }

    [Fact]
    public async Task The_window_only_moves_forward()
    {
        var tenant = await Given.StoredTenantAsync();
        var (contact, sender) = (await Given.StoredContactAsync(tenant), Ids.New<SenderId>());

        Assert.Null(await Store.GetWindowAsync(tenant, contact, sender, None));
        await Store.TouchWindowAsync(tenant, contact, sender, Now, None);
        await Store.TouchWindowAsync(tenant, contact, sender, Now.AddHours(-1), None);

        Assert.Equal(Now, await Store.GetWindowAsync(tenant, contact, sender, None));
    }

    [Fact]
    public async Task Lists_page_by_contact_and_are_kept_while_a_campaign_needs_them()
    {
        var scene = await Given.QueuedSceneAsync(5);
        var lists = Get<IContactListStore>();
        var outsider = await Given.StoredContactAsync(scene.Tenant);

        var first = await Store.ListAsync(scene.Tenant, scene.List, null, 3, None);
        var second = await Store.ListAsync(scene.Tenant, scene.List, first[^1].ContactId, 3, None);

        Assert.Equal(scene.Contacts, first.Concat(second).Select(row => row.ContactId));
        Assert.Equal(1, await lists.AddMembersAsync(scene.Tenant, scene.List, [outsider, scene.Contacts[0], Ids.New<ContactId>()], None));
        Assert.Equal(1, await lists.RemoveMembersAsync(scene.Tenant, scene.List, [outsider, Ids.New<ContactId>()], None));
        Assert.Equal(5, (await lists.GetAsync(scene.Tenant, scene.List, None))?.Members);
        Assert.False(await lists.DeleteAsync(scene.Tenant, scene.List, None));
        var unused = Given.List(scene.Tenant);
        await lists.InsertAsync(unused, None);
        Assert.False(await lists.InsertAsync(unused, None));
        Assert.True(await lists.DeleteAsync(scene.Tenant, unused.ListId, None));
        Assert.Equal([scene.List], (await lists.ListAsync(scene.Tenant, null, 10, None)).Select(row => row.ListId));
    }

    private Task<ContactRow> ResolveAsync(TenantId tenant, InboundIdentity identity) =>
        Store.ResolveInboundAsync(tenant, identity, Ids.New<ContactId>(), Now, None);
}

public sealed class SqliteContactTests() : ContactTests(DatabaseProvider.Sqlite);

public sealed class PostgreSqlContactTests() : ContactTests(DatabaseProvider.PostgreSql);

using Herald.Domain.Consents;
using Herald.Domain.Contacts;
using Herald.Domain.Messages;
using Herald.Domain.Tenants;
using Herald.Storage.Consents;
using Herald.Storage.Contacts;
using Herald.Storage.Messages;

namespace Herald.Storage.Conformance.Contacts;

/// <summary>Who is taken for whom when identities meet.</summary>
public abstract class SamePersonTests(DatabaseProvider provider) : ConformanceTest(provider)
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
    public async Task A_user_name_that_passed_to_somebody_else_does_not_make_them_the_person_it_belonged_to()
    {
        var tenant = await Given.StoredTenantAsync();
        var owner = await ResolveAsync(tenant, Nobody with { Phone = "34600000001", Username = "ana" });

        var stranger = await ResolveAsync(tenant, Nobody with { UserId = "ES.2", Username = "ana" });

        Assert.NotEqual(owner.ContactId, stranger.ContactId);
        Assert.Null(stranger.Phone);
        var stored = Assert.IsType<ContactRow>(await Store.GetAsync(tenant, owner.ContactId, None));
        Assert.Equal(("34600000001", null, null), (stored.Phone, stored.UserId, stored.Username));
    }

    [Theory]
    [InlineData(ConsentAction.Revoke, ConsentAction.Grant)]
    [InlineData(ConsentAction.Grant, ConsentAction.Revoke)]
    public async Task A_file_may_name_two_phones_of_one_person_and_the_revoke_stands(ConsentAction first, ConsentAction second)
    {
        var tenant = await Given.StoredTenantAsync();
        var person = await ResolveAsync(tenant, Nobody with { UserId = "ES.1", Phone = "34600000001" });
        await ResolveAsync(tenant, Nobody with { UserId = "ES.1", Phone = "34600000002" });

        var result = await Store.ImportAsync(
            tenant, new ContactImportBatch { ListId = null, Now = Now, Rows = [Row("34600000001", first), Row("34600000002", second)] }, None);

        Assert.Equal(0, result.Created);
        var consent = Assert.Single(await Get<IConsentStore>().GetAsync(tenant, person.ContactId, None));
        Assert.Equal(ConsentState.Revoked, consent.Marketing);
        Assert.Equal(2, (await Get<IConsentStore>().ListEventsAsync(tenant, person.ContactId, null, 10, None)).Count);
    }

    [Fact]
    public async Task Who_is_known_by_several_identities_as_several_contacts_is_the_user_ids_and_all_of_them_are_told()
    {
        var tenant = await Given.StoredTenantAsync();
        var byUserId = await ResolveAsync(tenant, Nobody with { UserId = "ES.1" });
        var byPhone = await ResolveAsync(tenant, Nobody with { Phone = "34600000001" });
        var bySpelling = await ResolveAsync(tenant, Nobody with { Phone = "340600000001" });
        var byParent = await ResolveAsync(tenant, Nobody with { ParentUserId = "ES.ENT.1" });
        var byName = await ResolveAsync(tenant, Nobody with { Phone = "34600000009", Username = "ana" });
        await ResolveAsync(await Given.StoredTenantAsync(), Nobody with { UserId = "ES.1", Phone = "34600000001" });
        var told = Nobody with
        {
            UserId = "ES.1",
            Phone = "34600000001",
            PhoneVariants = ["340600000001"],
            ParentUserId = "ES.ENT.1",
            Username = "ana",
        };

        var owners = await Store.ListOwnersAsync(tenant, told, None);
        var found = await ResolveAsync(tenant, told);

        var expected = new[] { byUserId.ContactId, byPhone.ContactId, bySpelling.ContactId, byParent.ContactId }.OrderBy(contact => contact.Value).ToList();
        Assert.Equal(expected, owners);
        Assert.DoesNotContain(byName.ContactId, owners);
        Assert.Equal(byUserId.ContactId, found.ContactId);
        Assert.Equal(expected, await Store.ListOwnersAsync(tenant, told, None));
    }

    [Theory]
    [InlineData(-1, ConsentState.Revoked)]
    [InlineData(1, ConsentState.Granted)]
    public async Task What_was_refused_as_one_contact_counts_for_the_other_once_they_are_known_to_be_one_unless_it_allowed_it_later(
        int minutesLater, ConsentState expected)
    {
        var tenant = await Given.StoredTenantAsync();
        var byUserId = await ResolveAsync(tenant, Nobody with { UserId = "ES.1" });
        var byPhone = await ResolveAsync(tenant, Nobody with { Phone = "34600000001" });
        await RecordAsync(byUserId, ConsentAction.Revoke, Now);
        await RecordAsync(byPhone, ConsentAction.Grant, Now.AddMinutes(minutesLater));

        for (var time = 0; time < 2; time++)
            await ResolveAsync(tenant, Nobody with { UserId = "ES.1", Phone = "34600000001" });

        Assert.Equal(expected, Assert.Single(await Get<IConsentStore>().GetAsync(tenant, byPhone.ContactId, None)).Marketing);
        Assert.Equal(2, (await Get<IConsentStore>().ListEventsAsync(tenant, byPhone.ContactId, null, 10, None)).Count);
        Assert.Equal(ConsentState.Revoked, Assert.Single(await Get<IConsentStore>().GetAsync(tenant, byUserId.ContactId, None)).Marketing);
    }

    [Fact]
    public async Task What_is_refused_as_one_contact_counts_for_all_that_are_known_to_be_the_same_and_for_nobody_else()
    {
        var tenant = await Given.StoredTenantAsync();
        var byUserId = await ResolveAsync(tenant, Nobody with { UserId = "ES.1" });
        var byPhone = await ResolveAsync(tenant, Nobody with { Phone = "34600000001" });
        var byParent = await ResolveAsync(tenant, Nobody with { ParentUserId = "ES.ENT.1" });
        var stranger = await ResolveAsync(tenant, Nobody with { Phone = "34600000002" });
        foreach (var contact in (ContactRow[])[byUserId, byPhone, byParent, stranger])
            await RecordAsync(contact, ConsentAction.Grant, Now);
        await ResolveAsync(tenant, Nobody with { UserId = "ES.1", Phone = "34600000001" });
        await ResolveAsync(tenant, Nobody with { UserId = "ES.1", ParentUserId = "ES.ENT.1" });

        await RecordAsync(byPhone, ConsentAction.Revoke, Now.AddMinutes(1));

        foreach (var contact in (ContactRow[])[byUserId, byPhone, byParent])
            Assert.Equal(ConsentState.Revoked, Assert.Single(await Get<IConsentStore>().GetAsync(tenant, contact.ContactId, None)).Marketing);
        Assert.Equal(ConsentState.Granted, Assert.Single(await Get<IConsentStore>().GetAsync(tenant, stranger.ContactId, None)).Marketing);
        Assert.Equal(3, (await Store.ListOwnersAsync(tenant, Nobody with { ParentUserId = "ES.ENT.1" }, None)).Count);
    }

    [Fact]
    public async Task A_revoke_in_a_file_counts_for_all_contacts_of_each_person_and_suppresses_what_is_queued_for_them()
    {
        const int People = 30;
        var scene = await Given.QueuedSceneAsync(People);
        var rows = await Store.ListAsync(scene.Tenant, scene.List, null, People, None);
        // Two phones of each person are in the file, and neither is of the contact that the campaign writes to.
        foreach (var (row, i) in rows.Select((row, i) => (row, i)))
        {
            await ResolveAsync(scene.Tenant, Nobody with { UserId = $"ES.{i}" });
            await ResolveAsync(scene.Tenant, Nobody with { ParentUserId = $"ES.ENT.{i}" });
            await ResolveAsync(scene.Tenant, Nobody with { UserId = $"ES.{i}", Phone = row.Phone });
            await ResolveAsync(scene.Tenant, Nobody with { ParentUserId = $"ES.ENT.{i}", Phone = row.Phone });
            await ResolveAsync(scene.Tenant, Nobody with { UserId = $"ES.{i}", Phone = $"3491{i:D7}" });
            await ResolveAsync(scene.Tenant, Nobody with { ParentUserId = $"ES.ENT.{i}", Phone = $"3492{i:D7}" });
        }
        var file = rows.Take(People - 1).SelectMany((_, i) => new[] { $"3491{i:D7}", $"3492{i:D7}" })
            .Select((phone, i) => Row(phone, ConsentAction.Revoke, Now.AddMinutes(1 + i))).ToList();

        var result = await Store.ImportAsync(scene.Tenant, new ContactImportBatch { ListId = null, Now = Now, Rows = file }, None);

        Assert.Equal((0, file.Count), (result.Created, result.ConsentRevoked));
        foreach (var (row, i) in rows.Take(People - 1).Select((row, i) => (row, i)))
        {
            var consent = Assert.Single(await Get<IConsentStore>().GetAsync(scene.Tenant, row.ContactId, None));
            Assert.Equal(
                (ConsentState.Revoked, Now.AddMinutes(2 + (2 * i)), ConsentSource.Import), (consent.Marketing, consent.MarketingTime, consent.MarketingSource));
            Assert.Equal(3, (await Get<IConsentStore>().ListEventsAsync(scene.Tenant, row.ContactId, null, 10, None)).Count);
        }
        var messages = await Get<IMessageStore>().ListAsync(scene.Tenant, scene.Campaign, null, null, null, 100, None);
        Assert.Equal(
            People - 1, messages.Count(message => message is { State: MessageState.Suppressed, SuppressionReason: SuppressionReason.OptedOut }));
        var left = Assert.Single((await Get<IMessageStore>().ClaimAsync(Given.Claim(scene, 100), None)).Messages);
        Assert.Equal(rows[^1].ContactId, left.ContactId);
    }

    [Fact]
    public async Task A_refusal_that_an_identity_brings_back_from_before_an_erasure_counts_for_all_contacts_of_the_person()
    {
        var tenant = await Given.StoredTenantAsync();
        var erased = await ResolveAsync(tenant, Nobody with { Phone = "34600000002" });
        await RecordAsync(erased, ConsentAction.Revoke, Now);
        await Store.DeleteAsync(tenant, erased.ContactId, null, Now, None);
        var byUserId = await ResolveAsync(tenant, Nobody with { UserId = "ES.1" });
        var byPhone = await ResolveAsync(tenant, Nobody with { Phone = "34600000001" });
        await ResolveAsync(tenant, Nobody with { UserId = "ES.1", Phone = "34600000001" });

        await ResolveAsync(tenant, Nobody with { UserId = "ES.1", Phone = "34600000002" });

        foreach (var contact in (ContactRow[])[byUserId, byPhone])
            Assert.Equal(ConsentState.Revoked, Assert.Single(await Get<IConsentStore>().GetAsync(tenant, contact.ContactId, None)).Marketing);
    }

    [Fact]
    public async Task Who_is_erased_is_nobodys_same_person_any_more()
    {
        var tenant = await Given.StoredTenantAsync();
        var byUserId = await ResolveAsync(tenant, Nobody with { UserId = "ES.1" });
        var byPhone = await ResolveAsync(tenant, Nobody with { Phone = "34600000001" });
        await ResolveAsync(tenant, Nobody with { UserId = "ES.1", Phone = "34600000001" });

        await Store.DeleteAsync(tenant, byPhone.ContactId, null, Now, None);

        Assert.Equal([byUserId.ContactId], await Store.ListOwnersAsync(tenant, Nobody with { UserId = "ES.1" }, None));
        Assert.Equal(0, await ExecuteAsync("DELETE FROM contact_twins"));
    }

    [Fact]
    public async Task Nobody_is_told_for_identities_that_nobody_has()
    {
        var tenant = await Given.StoredTenantAsync();
        await ResolveAsync(tenant, Nobody with { UserId = "ES.1", Phone = "34600000001", Username = "ana" });

        Assert.Empty(await Store.ListOwnersAsync(tenant, Nobody with { UserId = "ES.2", Phone = "34600000002", Username = "ana" }, None));
        Assert.Empty(await Store.ListOwnersAsync(tenant, Nobody, None));
    }

    [Fact]
    public async Task An_identity_whose_contact_is_gone_holds_up_nobody()
    {
        var tenant = await Given.StoredTenantAsync();
        var gone = await ResolveAsync(tenant, Nobody with { UserId = "ES.1", Phone = "34600000001" });
        await ExecuteAsync("DELETE FROM contacts");

        var found = await ResolveAsync(tenant, Nobody with { UserId = "ES.1", Phone = "34600000001" });

        Assert.NotEqual(gone.ContactId, found.ContactId);
        Assert.Equal(("ES.1", "34600000001"), (found.UserId, found.Phone));
        Assert.Equal(found.ContactId, (await Store.FindByPhoneAsync(tenant, ["34600000001"], None))?.ContactId);
    }

    private Task<ContactRow> ResolveAsync(TenantId tenant, InboundIdentity identity) =>
        Store.ResolveInboundAsync(tenant, identity, Ids.New<ContactId>(), Now, None);

    private async Task RecordAsync(ContactRow contact, ConsentAction action, DateTimeOffset time)
    {
        var id = Ids.New<ConsentEventId>();
        var result = await Get<IConsentStore>().RecordAsync(
            new ConsentEventRow
            {
                TenantId = contact.TenantId,
                ContactId = contact.ContactId,
                EventId = id,
                Purpose = ConsentPurpose.Marketing,
                Action = action,
                Scope = null,
                Source = ConsentSource.Keyword,
                EvidenceKey = $"wamid:{id}",
                Evidence = "{}",
                Actor = "contact",
                CampaignId = null,
                EventTime = time,
                RecordTime = Now,
            },
            null, [], None);
        Assert.True(result.Recorded);
    }

    private ContactImportRow Row(string phone, ConsentAction action, DateTimeOffset? time = null)
    {
        var id = Ids.New<ConsentEventId>();
        return new ContactImportRow
        {
            NewContactId = Ids.New<ContactId>(),
            Phone = phone,
            PhoneVariants = [],
            DisplayName = "",
            Language = "",
            TimeZone = "",
            Attributes = new Dictionary<string, string>(),
            Consent = new ContactImportConsent
            {
                EventId = id,
                Purpose = ConsentPurpose.Marketing,
                Action = action,
                Source = ConsentSource.Import,
                EvidenceKey = $"file/{id}",
                Evidence = "{}",
                Actor = "keys/1",
                EventTime = time ?? Now,
            },
        };
    }
}

public sealed class SqliteSamePersonTests() : SamePersonTests(DatabaseProvider.Sqlite);

public sealed class PostgreSqlSamePersonTests() : SamePersonTests(DatabaseProvider.PostgreSql);

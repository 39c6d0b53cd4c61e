using Dapper;
using Herald.Domain.Consents;
using Herald.Domain.Contacts;
using Herald.Domain.Messages;
using Herald.Domain.Senders;
using Herald.Domain.Templates;
using Herald.Domain.Tenants;
using Herald.Storage.Consents;
using Herald.Storage.Contacts;
using Herald.Storage.Messages;

namespace Herald.Storage.Conformance.Consents;

/// <summary>Erasing a person does not lift what they refused, whichever way and under whichever identity they come back.</summary>
public abstract class ErasureTests(DatabaseProvider provider) : ConformanceTest(provider)
{
    private const string Brazilian = "5511987654321";
    private const string BrazilianWithoutNine = "551187654321";

    private static readonly InboundIdentity Nobody = new()
    {
        Phone = null,
        PhoneVariants = [],
        UserId = null,
        ParentUserId = null,
        Username = null,
        ProfileName = "",
    };

    private IContactStore Contacts => Get<IContactStore>();

    private IConsentStore Consents => Get<IConsentStore>();

    [Fact]
    public async Task Who_opted_out_and_was_erased_gets_no_marketing_after_a_reimport_with_consent()
    {
        var scene = await Given.SceneAsync(TemplateCategory.Marketing, 0);
        var erased = await ErasedAsync(scene.Tenant, contact => contact with { Phone = "34600000001" }, Revoke);
        Time.Advance(TimeSpan.FromDays(1));

        var result = await ImportAsync(scene.Tenant, scene.List, Row("34600000001"));
        await Given.PrepareAsync(scene, 10);

        Assert.Equal((1, 0, 1), (result.Created, result.ConsentGranted, result.ConsentIgnored));
        var back = await FoundAsync(scene.Tenant, "34600000001");
        Assert.NotEqual(erased.Contact, back.ContactId);
        var consent = Assert.Single(await Consents.GetAsync(scene.Tenant, back.ContactId, None));
        Assert.Equal((ConsentState.Revoked, erased.Time, ConsentSource.Erasure), (consent.Marketing, consent.MarketingTime, consent.MarketingSource));
        var events = await Consents.ListEventsAsync(scene.Tenant, back.ContactId, null, 10, None);
        var restored = Assert.Single(events, e => e.Source == ConsentSource.Erasure);
        Assert.Equal((erased.Time, Now, "herald"), (restored.EventTime, restored.RecordTime, restored.Actor));
        Assert.Contains("erased", restored.Evidence, StringComparison.Ordinal);
        var message = Assert.Single(await Get<IMessageStore>().ListAsync(scene.Tenant, scene.Campaign, null, null, null, 10, None));
        Assert.Equal((MessageState.Suppressed, SuppressionReason.OptedOut), (message.State, message.SuppressionReason));
    }

    [Theory]
    [InlineData(Brazilian, BrazilianWithoutNine)]
    [InlineData(BrazilianWithoutNine, Brazilian)]
    [InlineData("5215512345678", "525512345678")]
    [InlineData("541123456789", "5491123456789")]
    public async Task Another_spelling_of_the_phone_is_the_same_person(string erased, string spelling)
    {
        var tenant = await Given.StoredTenantAsync();
        await ErasedAsync(tenant, contact => contact with { Phone = erased }, Revoke);

        await ImportAsync(tenant, null, Row(spelling));

        Assert.Equal(ConsentState.Revoked, await MarketingAsync(tenant, (await FoundAsync(tenant, spelling)).ContactId));
    }

    [Fact]
    public async Task Any_identity_that_the_person_ever_had_is_enough()
    {
        var tenant = await Given.StoredTenantAsync();
        var first = await ResolveAsync(tenant, Nobody with { UserId = "BR.1", Phone = Brazilian, ParentUserId = "P.1", Username = "ana" });
        await ResolveAsync(tenant, Nobody with { UserId = "BR.1", Phone = "5511911112222" });
        await Given.RecordAsync(tenant, first.ContactId, ConsentAction.Revoke);
        await EraseAsync(tenant, first.ContactId);

        ContactRow[] back =
        [
            await ResolveAsync(tenant, Nobody with { UserId = "BR.1" }),
            await ResolveAsync(tenant, Nobody with { UserId = "BR.2", ParentUserId = "P.1" }),
            await ResolveAsync(tenant, Nobody with { UserId = "BR.3", Username = "@Ana" }),
            await ResolveAsync(tenant, Nobody with { Phone = BrazilianWithoutNine }),
            await ResolveAsync(tenant, Nobody with { Phone = "5511911112222" }),
        ];

        Assert.Equal(5, back.Select(contact => contact.ContactId).Distinct().Count());
        foreach (var contact in back)
            Assert.Equal(ConsentState.Revoked, await MarketingAsync(tenant, contact.ContactId));
        var stranger = await ResolveAsync(tenant, Nobody with { UserId = "BR.9", Phone = "5511933334444" });
        Assert.Equal(ConsentState.Unknown, await MarketingAsync(tenant, stranger.ContactId));
    }

    [Fact]
    public async Task A_consent_that_is_newer_than_the_refusal_of_the_erased_person_stands()
    {
        var scene = await Given.QueuedSceneAsync(2);
        await ErasedAsync(
            scene.Tenant, contact => contact with { UserId = "ES.1" },
            contact => Given.RecordAsync(Given.Event(scene.Tenant, contact, ConsentAction.Revoke) with { EventTime = Now.AddHours(-1) }));
        var row = Assert.IsType<ContactRow>(await Contacts.GetAsync(scene.Tenant, scene.Contacts[0], None));

        await Contacts.UpdateAsync(row with { UserId = "ES.1", UpdateTime = Now }, [], None);

        Assert.Equal(ConsentState.Granted, await MarketingAsync(scene.Tenant, row.ContactId));
        Assert.Contains(
            await Consents.ListEventsAsync(scene.Tenant, row.ContactId, null, 10, None), e => e.Source == ConsentSource.Erasure);
        Assert.Equal(2, (await Get<IMessageStore>().ClaimAsync(Given.Claim(scene, 10), None)).Messages.Count);
    }

    [Fact]
    public async Task A_refusal_that_is_newer_than_the_consent_of_the_contact_suppresses_what_is_queued()
    {
        var scene = await Given.QueuedSceneAsync(2);
        Time.Advance(TimeSpan.FromMinutes(1));
        await ErasedAsync(scene.Tenant, contact => contact with { UserId = "ES.1" }, Revoke);
        var row = Assert.IsType<ContactRow>(await Contacts.GetAsync(scene.Tenant, scene.Contacts[0], None));

        var written = await Contacts.UpdateAsync(row with { UserId = "ES.1", UpdateTime = Now }, [], None);
        var claim = await Get<IMessageStore>().ClaimAsync(Given.Claim(scene, 10), None);

        Assert.Equal(ContactWriteOutcome.Written, written.Outcome);
        Assert.Equal(scene.Contacts[1], Assert.Single(claim.Messages).ContactId);
        var suppressed = Assert.Single(await Get<IMessageStore>().ListAsync(scene.Tenant, null, scene.Contacts[0], null, null, 10, None));
        Assert.Equal((MessageState.Suppressed, SuppressionReason.OptedOut), (suppressed.State, suppressed.SuppressionReason));
    }

    [Fact]
    public async Task Utility_and_the_preference_for_one_sender_come_back_as_they_were()
    {
        var tenant = await Given.StoredTenantAsync();
        var sender = (await Given.StoredSenderAsync(tenant)).SenderId;
        var utility = Now.AddSeconds(1);
        await ErasedAsync(tenant, contact => contact with { Phone = "34600000001" }, async contact =>
        {
            await Given.RecordAsync(Given.Event(tenant, contact, ConsentAction.Revoke) with { Scope = sender });
            await Given.RecordAsync(Given.Event(tenant, contact, ConsentAction.Revoke) with { Purpose = ConsentPurpose.Utility, EventTime = utility });
        });

        await Contacts.InsertAsync(Given.Contact(tenant) with { Phone = "34600000001" }, [], None);

        var rows = await Consents.GetAsync(tenant, (await FoundAsync(tenant, "34600000001")).ContactId, None);
        Assert.Equal([(SenderId?)null, sender], rows.Select(row => row.Scope));
        Assert.Equal((ConsentState.Unknown, ConsentState.Revoked, utility), (rows[0].Marketing, rows[0].Utility, rows[0].UtilityTime));
        Assert.Equal((ConsentState.Revoked, ConsentState.Unknown), (rows[1].Marketing, rows[1].Utility));
    }

    [Fact]
    public async Task The_person_may_let_us_in_again_and_that_outlives_the_next_erasure()
    {
        var tenant = await Given.StoredTenantAsync();
        await ErasedAsync(tenant, contact => contact with { Phone = "34600000001" }, Revoke);
        await ImportAsync(tenant, null, Row("34600000001"));
        var back = (await FoundAsync(tenant, "34600000001")).ContactId;
        Time.Advance(TimeSpan.FromHours(1));

        await Given.RecordAsync(Given.Event(tenant, back, ConsentAction.Grant) with { Source = ConsentSource.Keyword });
        var started = await MarketingAsync(tenant, back);
        await ImportAsync(tenant, null, Row("34600000001"));
        var imported = await MarketingAsync(tenant, back);
        await EraseAsync(tenant, back);
        await ImportAsync(tenant, null, Row("34600000001"));

        Assert.Equal((ConsentState.Granted, ConsentState.Granted), (started, imported));
        Assert.Equal(ConsentState.Granted, await MarketingAsync(tenant, (await FoundAsync(tenant, "34600000001")).ContactId));
    }

    [Fact]
    public async Task A_refusal_survives_any_number_of_erasures()
    {
        var tenant = await Given.StoredTenantAsync();
        var erased = await ErasedAsync(tenant, contact => contact with { Phone = "34600000001" }, Revoke);

        for (var i = 0; i < 3; i++)
        {
            Time.Advance(TimeSpan.FromDays(1));
            await ImportAsync(tenant, null, Row("34600000001"), Row("34600000002"));
            await EraseAsync(tenant, (await FoundAsync(tenant, "34600000001")).ContactId);
        }
        await ImportAsync(tenant, null, Row("34600000001"));

        var consent = Assert.Single(await Consents.GetAsync(tenant, (await FoundAsync(tenant, "34600000001")).ContactId, None));
        Assert.Equal((ConsentState.Revoked, erased.Time), (consent.Marketing, consent.MarketingTime));
        Assert.Equal(ConsentState.Granted, await MarketingAsync(tenant, (await FoundAsync(tenant, "34600000002")).ContactId));
    }

    [Fact]
    public async Task Only_who_refused_something_is_remembered_and_only_as_hashes_of_the_own_tenant()
    {
        var tenant = await Given.StoredTenantAsync();
        var other = await Given.StoredTenantAsync();
        await ErasedAsync(tenant, contact => contact with { Phone = "34600000001", UserId = "ES.1" }, contact => Given.RecordAsync(tenant, contact, ConsentAction.Grant));
        var before = await SuppressionsAsync();
        await ErasedAsync(tenant, contact => contact with { Phone = "34600000001", UserId = "ES.1" }, Revoke);

        var after = await SuppressionsAsync();
        await ImportAsync(other, null, Row("34600000001"));

        Assert.Empty(before);
        Assert.Equal(2, after.Count);
        Assert.All(after, row => Assert.DoesNotContain("34600000001", row, StringComparison.Ordinal));
        Assert.Equal(ConsentState.Granted, await MarketingAsync(other, (await FoundAsync(other, "34600000001")).ContactId));
    }

    [Fact]
    public async Task A_contact_that_changed_is_not_erased_under_its_old_version()
    {
        var tenant = await Given.StoredTenantAsync();
        var contact = await Given.StoredContactAsync(tenant);

        Assert.Equal(ContactDeleteOutcome.Conflict, await Contacts.DeleteAsync(tenant, contact, 7, Now, None));
        Assert.NotNull(await Contacts.GetAsync(tenant, contact, None));
        Assert.Equal(ContactDeleteOutcome.Deleted, await Contacts.DeleteAsync(tenant, contact, 1, Now, None));
    }

    [Fact]
    public async Task Nothing_is_recorded_for_who_is_erased()
    {
        var tenant = await Given.StoredTenantAsync();
        var contact = await Given.StoredContactAsync(tenant);
        await EraseAsync(tenant, contact);

        var result = await Given.RecordAsync(tenant, contact, ConsentAction.Revoke);

        Assert.Equal((true, false), (result.ContactAbsent, result.Recorded));
        Assert.Empty(await Consents.ListEventsAsync(tenant, contact, null, 10, None));
    }

    private Task Revoke(TenantId tenant, ContactId contact) => Given.RecordAsync(tenant, contact, ConsentAction.Revoke);

    private Task<(ContactId Contact, DateTimeOffset Time)> ErasedAsync(
        TenantId tenant, Func<ContactRow, ContactRow> change, Func<TenantId, ContactId, Task> record) =>
        ErasedAsync(tenant, change, contact => record(tenant, contact));

    private async Task<(ContactId Contact, DateTimeOffset Time)> ErasedAsync(
        TenantId tenant, Func<ContactRow, ContactRow> change, Func<ContactId, Task> record)
    {
        var row = change(Given.Contact(tenant));
        Assert.Equal(ContactWriteOutcome.Written, (await Contacts.InsertAsync(row, [], None)).Outcome);
        var happened = Now;
        await record(row.ContactId);
        await EraseAsync(tenant, row.ContactId);
        return (row.ContactId, happened);
    }

    private async Task EraseAsync(TenantId tenant, ContactId contact) =>
        Assert.Equal(ContactDeleteOutcome.Deleted, await Contacts.DeleteAsync(tenant, contact, null, Now, None));

    private Task<ContactImportResult> ImportAsync(TenantId tenant, ContactListId? list, params ContactImportRow[] rows) =>
        Contacts.ImportAsync(tenant, new ContactImportBatch { ListId = list, Now = Now, Rows = rows }, None);

    private ContactImportRow Row(string phone) => Given.ImportRow(phone, ConsentAction.Grant);

    private Task<ContactRow> ResolveAsync(TenantId tenant, InboundIdentity identity) =>
        Contacts.ResolveInboundAsync(tenant, identity, Ids.New<ContactId>(), Now, None);

    private async Task<ContactRow> FoundAsync(TenantId tenant, string phone) =>
        Assert.IsType<ContactRow>(await Contacts.FindByPhoneAsync(tenant, [phone], None));

    private async Task<ConsentState> MarketingAsync(TenantId tenant, ContactId contact) =>
        (await Consents.GetAsync(tenant, contact, None)).FirstOrDefault(row => row.Scope is null)?.Marketing ?? ConsentState.Unknown;

    private async Task<IReadOnlyList<string>> SuppressionsAsync()
    {
        await using var connection = await Get<IDatabase>().OpenAsync(None);
        var rows = await connection.QueryAsync("SELECT * FROM suppressions");
        return [.. rows.Select(row => string.Join('|', ((IDictionary<string, object?>)row).Values))];
    }
}

public sealed class SqliteErasureTests() : ErasureTests(DatabaseProvider.Sqlite);

public sealed class PostgreSqlErasureTests() : ErasureTests(DatabaseProvider.PostgreSql);

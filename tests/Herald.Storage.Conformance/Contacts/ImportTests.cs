using Herald.Domain.Consents;
using Herald.Domain.Contacts;
using Herald.Domain.Messages;
using Herald.Domain.Tenants;
using Herald.Storage.Consents;
using Herald.Storage.Contacts;
using Herald.Storage.Messages;
using Microsoft.Extensions.DependencyInjection;

namespace Herald.Storage.Conformance.Contacts;

public abstract class ImportTests(DatabaseProvider provider) : ConformanceTest(provider)
{
    private IContactStore Store => Get<IContactStore>();

    [Fact]
    public async Task A_revoke_in_a_file_suppresses_what_is_queued_before_anybody_claims_it()
    {
        var scene = await Given.QueuedSceneAsync(30);
        var rows = await Store.ListAsync(scene.Tenant, null, null, 100, None);
        Time.Advance(TimeSpan.FromSeconds(1));

        var result = await ImportAsync(
            scene.Tenant, scene.List, [.. rows.Take(25).Select(row => Given.ImportRow(row.Phone!, ConsentAction.Revoke))]);

        Assert.Equal(25, result.ConsentRevoked);
        var messages = await Get<IMessageStore>().ListAsync(scene.Tenant, scene.Campaign, null, null, null, 100, None);
        Assert.Equal(25, messages.Count(message => message is { State: MessageState.Suppressed, SuppressionReason: SuppressionReason.OptedOut }));
        Assert.Equal(5, (await Get<IMessageStore>().ClaimAsync(Given.Claim(scene, 100), None)).Messages.Count);
    }

    [Fact]
    public async Task New_people_are_created_with_membership_and_consent()
    {
        var (tenant, list) = await ListAsync();

        var result = await ImportAsync(tenant, list, Row("341") with { Consent = Consent(ConsentAction.Grant) }, Row("342"));

        Assert.Equal(
            new ContactImportResult { Created = 2, Updated = 0, Unchanged = 0, ConsentGranted = 1, ConsentRevoked = 0, ConsentIgnored = 0 }, result);
        Assert.Equal(2, (await Get<IContactListStore>().GetAsync(tenant, list, None))?.Members);
        var contact = Assert.IsType<ContactRow>(await Store.FindByPhoneAsync(tenant, ["341"], None));
        Assert.Equal(("341", "Name 341", "es", 1L, Now), (contact.Phone, contact.DisplayName, contact.Language, contact.Version, contact.CreateTime));
        Assert.Equal("x", contact.Attributes["k"]);
        var consent = Assert.Single(await Get<IConsentStore>().GetAsync(tenant, contact.ContactId, None));
        Assert.Equal((ConsentState.Granted, ConsentSource.Import, ConsentState.Unknown), (consent.Marketing, consent.MarketingSource, consent.Utility));
    }

    [Fact]
    public async Task The_same_file_again_changes_nothing()
    {
        var (tenant, list) = await ListAsync();
        ContactImportRow[] rows = [Row("341") with { Consent = Consent(ConsentAction.Grant), PhoneVariants = ["941"] }, Row("342")];
        await ImportAsync(tenant, list, rows);

        var again = await ImportAsync(tenant, list, [.. rows.Select(Renewed)]);
        var sameIds = await ImportAsync(tenant, list, rows);

        var nothing = new ContactImportResult { Created = 0, Updated = 0, Unchanged = 2, ConsentGranted = 0, ConsentRevoked = 0, ConsentIgnored = 1 };
        Assert.Equal((nothing, nothing), (again, sameIds));
        Assert.All(await Store.ListAsync(tenant, list, null, 10, None), row => Assert.Equal(1, row.Version));
    }

    [Fact]
    public async Task Known_people_take_what_is_filled_in_and_keep_the_rest()
    {
        var (tenant, list) = await ListAsync();
        await ImportAsync(tenant, list, Row("341"), Row("342"));

        var result = await ImportAsync(
            tenant, null,
            Row("341") with { DisplayName = "", Language = "pt", TimeZone = "", Attributes = new Dictionary<string, string>() },
            Row("342") with { DisplayName = "", Language = "", Attributes = new Dictionary<string, string> { ["n"] = "1" } });

        Assert.Equal((0, 2, 0), (result.Created, result.Updated, result.Unchanged));
        var first = Assert.IsType<ContactRow>(await Store.FindByPhoneAsync(tenant, ["341"], None));
        var second = Assert.IsType<ContactRow>(await Store.FindByPhoneAsync(tenant, ["342"], None));
        Assert.Equal(("Name 341", "pt", "x", 2L), (first.DisplayName, first.Language, first.Attributes["k"], first.Version));
        Assert.Equal(("Name 342", "es", "1", 3), (second.DisplayName, second.Language, second.Attributes["n"], second.Attributes.Count));
    }

    [Fact]
    public async Task A_phone_in_another_spelling_is_the_same_person_in_the_file_and_in_the_database()
    {
        var (tenant, list) = await ListAsync();

        var first = await ImportAsync(tenant, list, Row("5215550001") with { PhoneVariants = ["525550001"], DisplayName = "Old" }, Row("525550001") with { DisplayName = "New" });
        var second = await ImportAsync(tenant, list, Row("525550001") with { PhoneVariants = ["5215550001"], DisplayName = "Newest" });

        Assert.Equal((1, 0), (first.Created, first.Updated));
        Assert.Equal((0, 1), (second.Created, second.Updated));
        var contact = Assert.Single(await Store.ListAsync(tenant, list, null, 10, None));
        Assert.Equal(("525550001", "Newest"), (contact.Phone, contact.DisplayName));
    }

    [Fact]
    public async Task A_re_import_never_lifts_a_revoke_whatever_time_it_claims()
    {
        var (tenant, list) = await ListAsync();
        await ImportAsync(tenant, list, Row("341") with { Consent = Consent(ConsentAction.Grant) });
        var contact = Assert.IsType<ContactRow>(await Store.FindByPhoneAsync(tenant, ["341"], None)).ContactId;
        await Given.RecordAsync(tenant, contact, ConsentAction.Revoke);

        var result = await ImportAsync(tenant, list, Row("341") with { Consent = Consent(ConsentAction.Grant) with { EventTime = Now.AddYears(1) } });

        Assert.Equal((0, 1), (result.ConsentGranted, result.ConsentIgnored));
        Assert.Equal(ConsentState.Revoked, Assert.Single(await Get<IConsentStore>().GetAsync(tenant, contact, None)).Marketing);
        Assert.Equal(3, (await Get<IConsentStore>().ListEventsAsync(tenant, contact, null, 10, None)).Count);
    }

    [Fact]
    public async Task Imports_of_the_same_people_at_once_create_each_once()
    {
        const int People = 200;
        var (tenant, list) = await ListAsync();
        var stores = new[] { Store, Database.AddNode().GetRequiredService<IContactStore>() };
        var random = new Random(2);
        ContactImportRow[] Shuffled()
        {
            ContactImportRow[] rows = [.. Enumerable.Range(0, People).Select(i => Row($"34{i:000}") with { Consent = Consent(ConsentAction.Grant) })];
            random.Shuffle(rows);
            return rows;
        }

        var batches = Enumerable.Range(0, 4).Select(_ => Shuffled()).ToList();
        var results = await Task.WhenAll(batches.Select((rows, i) => Task.Run(() =>
            stores[i % 2].ImportAsync(tenant, new ContactImportBatch { ListId = list, Now = Now, Rows = rows }, None))));

        Assert.Equal(People, results.Sum(result => result.Created));
        Assert.Equal(People, (await Store.ListAsync(tenant, list, null, 1000, None)).Count);
        Assert.Equal(People, (await Store.ListAsync(tenant, null, null, 1000, None)).Count);
    }

    [Fact]
    public async Task New_known_and_erased_people_of_one_file_are_each_treated_as_what_they_are()
    {
        var (tenant, list) = await ListAsync();
        await ImportAsync(tenant, null, Row("341"), Row("5215550001"), Row("343") with { Consent = Consent(ConsentAction.Revoke) });
        var erased = Assert.IsType<ContactRow>(await Store.FindByPhoneAsync(tenant, ["343"], None)).ContactId;
        Assert.Equal(ContactDeleteOutcome.Deleted, await Store.DeleteAsync(tenant, erased, null, Now, None));
        Time.Advance(TimeSpan.FromDays(1));

        var result = await ImportAsync(
            tenant, list,
            Row("341") with { DisplayName = "Other", Consent = Consent(ConsentAction.Grant) },
            Row("525550001") with { PhoneVariants = ["5215550001"], Consent = Consent(ConsentAction.Revoke) },
            Row("343") with { Consent = Consent(ConsentAction.Grant) },
            Row("344") with { PhoneVariants = ["944"], Consent = Consent(ConsentAction.Grant) },
            Row("345") with { Consent = Consent(ConsentAction.Revoke) },
            Row("346"));

        Assert.Equal(
            new ContactImportResult { Created = 4, Updated = 2, Unchanged = 0, ConsentGranted = 2, ConsentRevoked = 2, ConsentIgnored = 1 }, result);
        Assert.Equal(6, (await Store.ListAsync(tenant, list, null, 100, None)).Count);
        Assert.Equal(6, (await Store.ListAsync(tenant, null, null, 100, None)).Count);
        ConsentState[] expected =
            [ConsentState.Granted, ConsentState.Revoked, ConsentState.Revoked, ConsentState.Granted, ConsentState.Revoked, ConsentState.Unknown];
        string[] phones = ["341", "5215550001", "343", "944", "345", "346"];
        foreach (var (phone, state) in phones.Zip(expected))
            Assert.Equal((phone, state), (phone, await MarketingAsync(tenant, phone)));
        Assert.Equal(
            (await Store.FindByPhoneAsync(tenant, ["525550001"], None))?.ContactId, (await Store.FindByPhoneAsync(tenant, ["5215550001"], None))?.ContactId);
    }

    [Theory]
    [InlineData(ConsentPurpose.Marketing, ConsentState.Revoked, ConsentState.Unknown)]
    [InlineData(ConsentPurpose.Utility, ConsentState.Unknown, ConsentState.Revoked)]
    [InlineData(ConsentPurpose.All, ConsentState.Revoked, ConsentState.Revoked)]
    public async Task The_purpose_of_a_decision_holds_for_new_people_as_for_known_ones(
        ConsentPurpose purpose, ConsentState marketing, ConsentState utility)
    {
        var (tenant, _) = await ListAsync();
        await ImportAsync(tenant, null, Row("341"));
        var decision = Consent(ConsentAction.Revoke) with { Purpose = purpose, EventTime = Now.AddHours(-1) };

        await ImportAsync(tenant, null, Row("341") with { Consent = decision }, Row("342") with { Consent = decision with { EventId = Ids.New<ConsentEventId>() } });

        var known = await ConsentAsync(tenant, "341");
        var added = await ConsentAsync(tenant, "342");
        Assert.Equal((marketing, utility), (added.Marketing, added.Utility));
        Assert.Equal(known with { ContactId = added.ContactId }, added);
        var ledger = Assert.Single(await Get<IConsentStore>().ListEventsAsync(tenant, added.ContactId, null, 10, None));
        Assert.Equal(
            (purpose, ConsentAction.Revoke, ConsentSource.Import, decision.EvidenceKey, "keys/1", Now.AddHours(-1), Now),
            (ledger.Purpose, ledger.Action, ledger.Source, ledger.EvidenceKey, ledger.Actor, ledger.EventTime, ledger.RecordTime));
    }

    [Fact]
    public async Task Texts_of_any_script_and_length_come_back_as_they_were()
    {
        var (tenant, _) = await ListAsync();
        var attributes = new Dictionary<string, string> { ["city"] = "Ñandú \"\\\t\n", ["long"] = new string('é', 100_000), ["face"] = "👩‍🍳" };

        await ImportAsync(tenant, null, Row("341") with { DisplayName = "Анна 陳", Attributes = attributes }, Row("342"));

        var contact = Assert.IsType<ContactRow>(await Store.FindByPhoneAsync(tenant, ["341"], None));
        Assert.Equal("Анна 陳", contact.DisplayName);
        Assert.Equal(attributes.OrderBy(pair => pair.Key, StringComparer.Ordinal), contact.Attributes.OrderBy(pair => pair.Key, StringComparer.Ordinal));
        Assert.NotNull(await Store.FindByPhoneAsync(tenant, ["342"], None));
    }

    [Fact]
    public async Task Imports_of_the_same_people_in_other_spellings_at_once_create_each_once()
    {
        const int People = 100;
        var (tenant, list) = await ListAsync();
        var stores = new[] { Store, Database.AddNode().GetRequiredService<IContactStore>() };
        ContactImportRow Spelled(int i, bool isOld)
        {
            var (with, without) = ($"521555{i:0000}", $"52555{i:0000}");
            return Row(isOld ? with : without) with { PhoneVariants = [isOld ? without : with] };
        }

        var results = await Task.WhenAll(Enumerable.Range(0, 4).Select(turn => Task.Run(() => stores[turn % 2].ImportAsync(
            tenant,
            new ContactImportBatch { ListId = list, Now = Now, Rows = [.. Enumerable.Range(0, People).Select(i => Spelled(i, (i + turn) % 2 == 0))] },
            None))));

        Assert.Equal(People, results.Sum(result => result.Created));
        Assert.Equal(People, (await Store.ListAsync(tenant, list, null, 1000, None)).Count);
        Assert.Equal(People, (await Store.ListAsync(tenant, null, null, 1000, None)).Count);
    }

    private async Task<(TenantId Tenant, ContactListId List)> ListAsync()
    {
        var tenant = await Given.StoredTenantAsync();
        var list = Given.List(tenant);
        await Get<IContactListStore>().InsertAsync(list, None);
        return (tenant, list.ListId);
    }

    private Task<ContactImportResult> ImportAsync(TenantId tenant, ContactListId? list, params ContactImportRow[] rows) =>
        Store.ImportAsync(tenant, new ContactImportBatch { ListId = list, Now = Now, Rows = rows }, None);

    private async Task<ConsentState> MarketingAsync(TenantId tenant, string phone)
    {
        var contact = Assert.IsType<ContactRow>(await Store.FindByPhoneAsync(tenant, [phone], None));
        return (await Get<IConsentStore>().GetAsync(tenant, contact.ContactId, None)).SingleOrDefault()?.Marketing ?? ConsentState.Unknown;
    }

    private async Task<ConsentRow> ConsentAsync(TenantId tenant, string phone)
    {
        var contact = Assert.IsType<ContactRow>(await Store.FindByPhoneAsync(tenant, [phone], None));
        return Assert.Single(await Get<IConsentStore>().GetAsync(tenant, contact.ContactId, None));
    }

    private ContactImportRow Row(string phone) => new()
    {
        NewContactId = Ids.New<ContactId>(),
        Phone = phone,
        PhoneVariants = [],
        DisplayName = $"Name {phone}",
        Language = "es",
        TimeZone = "",
        Attributes = new Dictionary<string, string> { ["z"] = "y", ["k"] = "x" },
        Consent = null,
    };

    private ContactImportRow Renewed(ContactImportRow row) => row with
    {
        NewContactId = Ids.New<ContactId>(),
        Attributes = row.Attributes.Reverse().ToDictionary(),
        Consent = row.Consent is null ? null : row.Consent with { EventId = Ids.New<ConsentEventId>() },
    };

    private ContactImportConsent Consent(ConsentAction action)
    {
        var id = Ids.New<ConsentEventId>();
        return new ContactImportConsent
        {
            EventId = id,
            Purpose = ConsentPurpose.Marketing,
            Action = action,
            Source = ConsentSource.Import,
            EvidenceKey = $"file/{id}",
            Evidence = """{"form":"web"}""",
            Actor = "keys/1",
            EventTime = Now,
        };
    }
}

public sealed class SqliteImportTests() : ImportTests(DatabaseProvider.Sqlite);

public sealed class PostgreSqlImportTests() : ImportTests(DatabaseProvider.PostgreSql);

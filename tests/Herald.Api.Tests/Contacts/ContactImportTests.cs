using System.Text;
using Grpc.Core;
using Herald.Api.Tests.Support;
using Herald.Contracts.Consents.V1;
using Herald.Contracts.Contacts.V1;
using Herald.Contracts.Errors.V1;

namespace Herald.Api.Tests.Contacts;

public sealed class ContactImportTests(SqliteApi api) : IClassFixture<SqliteApi>
{
    [Fact]
    public async Task A_file_creates_contacts_with_their_list_and_consent()
    {
        var caller = await api.Host.NewTenantAsync();
        var list = await api.Host.CreateListAsync(caller);

        var answer = await ImportAsync(caller, Header(caller, list.Name), "phone,name,consent,city\n+34600000001,Ana,yes,Madrid\n600000002,Bea,no,\n");

        var contacts = await ListAsync(caller, list.Name);
        Assert.Equal((2, 2, 0, 1, 1), (
            answer.Summary.RowCount, answer.Summary.CreatedCount, answer.Summary.RejectedCount,
            answer.Summary.ConsentGrantedCount, answer.Summary.ConsentRevokedCount));
        Assert.Equal(["+34600000001", "+34600000002"], contacts.Select(contact => contact.PhoneNumber));
        Assert.Equal("Madrid", contacts[0].Attributes["city"]);
        Assert.Equal(ConsentState.Granted, (await ConsentAsync(caller, contacts[0])).Marketing.State);
        Assert.Equal(ConsentState.Revoked, (await ConsentAsync(caller, contacts[1])).Marketing.State);
    }

    [Theory]
    [InlineData("\uFEFFphone;name\r\n+34600000001;Ana\r\n")]
    [InlineData("Name\tPHONE\nAna\t+34600000001")]
    [InlineData("name,phone\n\n\"Ana\", +34600000001 \n\n")]
    [InlineData("\"name\",\"phone\"\r\n\"Ana\",\"+34 600-000-001\"")]
    public async Task Separators_line_ends_quotes_and_byte_order_marks_are_understood(string file)
    {
        var caller = await api.Host.NewTenantAsync();

        var answer = await ImportAsync(caller, Header(caller, ""), file);

        var contact = Assert.Single(await ListAsync(caller, ""));
        Assert.Equal(("+34600000001", "Ana"), (contact.PhoneNumber, contact.DisplayName));
        Assert.Equal(1, answer.Summary.CreatedCount);
    }

    [Fact]
    public async Task Chunks_may_cut_rows_and_characters_anywhere()
    {
        var caller = await api.Host.NewTenantAsync();
        var bytes = Encoding.UTF8.GetBytes("phone,name\n+34600000001,Señora Ñandú\n+34600000002,\"two\nlines\"\n");

        var answer = await api.Host.ImportAsync(caller, Header(caller, ""), [.. bytes.Select(one => (ReadOnlyMemory<byte>)new[] { one })]);

        Assert.Equal(2, answer.Summary.CreatedCount);
        Assert.Equal(["Señora Ñandú", "two\nlines"], (await ListAsync(caller, "")).Select(contact => contact.DisplayName));
    }

    [Fact]
    public async Task Wrong_rows_are_named_by_line_column_and_rule_and_the_others_go_on()
    {
        var caller = await api.Host.NewTenantAsync();
        var file = "phone,name,language,time_zone,consent,consent_time\n"
            + "+34600000001,\"Ana\nMaria\",es,Europe/Madrid,yes,2026-01-01T10:00:00Z\n"
            + "nonsense,Bea,,,,\n"
            + "+34600000003,,not a language,Moon/Sea,maybe,\n"
            + "+34600000004,Dora,,,yes,01.02.2026\n"
            + "+34600000005,Eva,,\n"
            + "+34600000006,Fay \"F\" Ray,,,,\n"
            + "+34600000007,Gil,,,,\n";

        var answer = await ImportAsync(caller, Header(caller, ""), file);

        Assert.Equal((7, 2, 5), (answer.Summary.RowCount, answer.Summary.CreatedCount, answer.Summary.RejectedCount));
        Assert.Equal(
            [
                (4, "phone", "malformed"), (5, "language", "malformed"), (5, "time_zone", "unknown_value"), (5, "consent", "unknown_value"),
                (6, "consent_time", "malformed"), (7, "", "column_count"), (8, "", "malformed"),
            ],
            answer.RowErrors.Select(error => ((int)error.Line, error.Column, error.Rule)));
        Assert.DoesNotContain("nonsense", answer.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_file_again_changes_nothing()
    {
        var caller = await api.Host.NewTenantAsync();
        var list = await api.Host.CreateListAsync(caller);
        const string File = "phone,name,consent,consent_time\n+34600000001,Ana,yes,2026-01-01T10:00:00Z\n+34600000002,Bea,no,2026-01-01T10:00:00Z\n";
        await ImportAsync(caller, Header(caller, list.Name), File);

        var answer = await ImportAsync(caller, Header(caller, list.Name), File);

        Assert.Equal((2, 0, 0, 2, 0, 0, 2), (
            answer.Summary.RowCount, answer.Summary.CreatedCount, answer.Summary.UpdatedCount, answer.Summary.UnchangedCount,
            answer.Summary.ConsentGrantedCount, answer.Summary.ConsentRevokedCount, answer.Summary.ConsentIgnoredCount));
    }

    [Fact]
    public async Task A_person_who_comes_twice_in_a_file_is_one_contact_with_what_comes_last()
    {
        var caller = await api.Host.NewTenantAsync();

        var answer = await ImportAsync(caller, Header(caller, ""), "phone,name,consent\n+5511987654321,Ana,yes\n+5511987654321,,no\n+551187654321,Bea,\n");

        var contact = Assert.Single(await ListAsync(caller, ""));
        Assert.Equal("Bea", contact.DisplayName);
        Assert.Equal(ConsentState.Revoked, (await ConsentAsync(caller, contact)).Marketing.State);
        Assert.Equal(3, answer.Summary.RowCount);
        Assert.Equal(3, answer.Summary.CreatedCount + answer.Summary.UpdatedCount + answer.Summary.UnchangedCount);
    }

    [Fact]
    public async Task An_empty_cell_leaves_what_the_contact_has()
    {
        var caller = await api.Host.NewTenantAsync();
        await ImportAsync(caller, Header(caller, ""), "phone,name,city,street\n+34600000001,Ana,Madrid,Alcalá\n");

        await ImportAsync(caller, Header(caller, ""), "phone,name,city,street\n+34600000001,,Toledo,\n");

        var contact = Assert.Single(await ListAsync(caller, ""));
        Assert.Equal(("Ana", "Toledo", "Alcalá"), (contact.DisplayName, contact.Attributes["city"], contact.Attributes["street"]));
    }

    [Fact]
    public async Task A_grant_from_a_file_needs_evidence_and_never_lifts_a_revoke()
    {
        var caller = await api.Host.NewTenantAsync();
        var header = Header(caller, "");
        await ImportAsync(caller, header, "phone,consent\n+34600000001,no\n");

        var later = await ImportAsync(caller, Header(caller, ""), "phone,consent,consent_source\n+34600000001,yes,shop\n+34600000002,yes,\n");
        header = Header(caller, "");
        header.ConsentSource = "";
        var bare = await ImportAsync(caller, header, "phone,consent\n+34600000003,yes\n");

        var contact = (await ListAsync(caller, ""))[0];
        Assert.Equal(ConsentState.Revoked, (await ConsentAsync(caller, contact)).Marketing.State);
        Assert.Equal((1, 1), (later.Summary.ConsentGrantedCount, later.Summary.ConsentIgnoredCount));
        Assert.Equal("evidence_required", Assert.Single(bare.RowErrors).Rule);
    }

    [Fact]
    public async Task A_dry_run_checks_and_stores_nothing()
    {
        var caller = await api.Host.NewTenantAsync();
        var header = Header(caller, "");
        header.DryRun = true;

        var answer = await ImportAsync(caller, header, "phone\n+34600000001\nx\n");

        Assert.Equal((2, 1, 0), (answer.Summary.RowCount, answer.Summary.RejectedCount, answer.Summary.CreatedCount));
        Assert.Empty(await ListAsync(caller, ""));
    }

    [Fact]
    public async Task More_rows_than_one_batch_are_stored_and_counted()
    {
        var caller = await api.Host.NewTenantAsync();
        var list = await api.Host.CreateListAsync(caller);
        var rows = Enumerable.Range(0, 2_500).Select(i => $"+346000{i:D5},Person {i},yes");

        var answer = await ImportAsync(caller, Header(caller, list.Name), $"phone,name,consent\n{string.Join('\n', rows)}\n");

        var lists = new ContactListsService.ContactListsServiceClient(api.Host.Channel);
        var counted = await lists.GetContactListAsync(new GetContactListRequest { Name = list.Name }, caller.Auth);
        Assert.Equal((2_500, 2_500, 2_500), (answer.Summary.RowCount, answer.Summary.CreatedCount, answer.Summary.ConsentGrantedCount));
        Assert.Equal(2_500, counted.ContactList.MemberCount);
    }

    [Fact]
    public async Task A_call_that_fails_ends_after_what_it_was_storing_is_stored()
    {
        var caller = await api.Host.NewTenantAsync();
        var list = await api.Host.CreateListAsync(caller);
        var rows = Enumerable.Range(0, 2_500).Select(i => $"+346000{i:D5},Person {i},yes");
        var file = $"phone,name,consent\n{string.Join('\n', rows)}\n+34600100000,\"{new string('x', 600_000)}";

        await Expect.FieldFailsAsync("chunk", "too_long", () => ImportAsync(caller, Header(caller, list.Name), file));

        var lists = new ContactListsService.ContactListsServiceClient(api.Host.Channel);
        var counted = await lists.GetContactListAsync(new GetContactListRequest { Name = list.Name }, caller.Auth);
        Assert.Equal(2_000, counted.ContactList.MemberCount);
    }

    [Theory]
    [InlineData("", "required")]
    [InlineData("name,city\nAna,Madrid\n", "required")]
    [InlineData("phone,phone\n1,2\n", "duplicate")]
    [InlineData("phone,First Name\n1,2\n", "column_name")]
    [InlineData("phone,username\n1,2\n", "column_name")]
    public async Task A_file_without_usable_columns_is_refused(string file, string rule)
    {
        var caller = await api.Host.NewTenantAsync();

        await Expect.FieldFailsAsync("chunk", rule, () => ImportAsync(caller, Header(caller, ""), file));
    }

    [Fact]
    public async Task A_quote_that_is_never_closed_is_refused_and_not_kept_in_memory()
    {
        var caller = await api.Host.NewTenantAsync();
        var file = "phone,name\n+34600000001,\"" + new string('x', 600_000);

        await Expect.FieldFailsAsync("chunk", "too_long", () => ImportAsync(caller, Header(caller, ""), file));
    }

    [Fact]
    public async Task A_repeated_import_gets_the_first_answer()
    {
        var caller = await api.Host.NewTenantAsync();
        var header = Header(caller, "");
        var first = await ImportAsync(caller, header, "phone\n+34600000001\n");

        var second = await ImportAsync(caller, header, "phone\n+34600000001\n");

        Assert.Equal(first, second);
        Assert.Equal(1, second.Summary.CreatedCount);
    }

    [Fact]
    public async Task The_first_message_is_a_header_and_the_others_are_not()
    {
        var caller = await api.Host.NewTenantAsync();
        var client = new ContactsService.ContactsServiceClient(api.Host.Channel);
        using var call = client.ImportContacts(caller.Auth);
        await call.RequestStream.WriteAsync(new ImportContactsRequest { Header = Header(caller, "") });
        await call.RequestStream.WriteAsync(new ImportContactsRequest { Header = Header(caller, "") });

        await Expect.FailsAsync(StatusCode.InvalidArgument, Reason.FieldInvalid, async () => await call.ResponseAsync);
    }

    private static ImportContactsHeader Header(TestCaller caller, string list) =>
        new() { Parent = caller.Name, ContactList = list, ConsentSource = "shop", RequestId = World.NewRequestId() };

    private Task<ImportContactsResponse> ImportAsync(TestCaller caller, ImportContactsHeader header, string file) =>
        api.Host.ImportAsync(caller, header, file.Length == 0 ? [] : [Encoding.UTF8.GetBytes(file)]);

    private async Task<IReadOnlyList<Contact>> ListAsync(TestCaller caller, string list) =>
        (await new ContactsService.ContactsServiceClient(api.Host.Channel)
            .ListContactsAsync(new ListContactsRequest { Parent = caller.Name, ContactList = list }, caller.Auth)).Contacts;

    private async Task<Consent> ConsentAsync(TestCaller caller, Contact contact) =>
        (await new ConsentsService.ConsentsServiceClient(api.Host.Channel)
            .GetConsentAsync(new GetConsentRequest { Name = $"{contact.Name}/consent" }, caller.Auth)).Consent;
}

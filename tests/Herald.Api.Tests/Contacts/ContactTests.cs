using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Herald.Api.Tests.Support;
using Herald.Contracts.Contacts.V1;
using Herald.Contracts.Errors.V1;

namespace Herald.Api.Tests.Contacts;

public sealed class ContactTests(SqliteApi api) : IClassFixture<SqliteApi>
{
    private ContactsService.ContactsServiceClient Contacts => new(api.Host.Channel);

    [Fact]
    public async Task A_contact_is_created_put_into_lists_read_and_listed()
    {
        var caller = await api.Host.NewTenantAsync();
        var list = await api.Host.CreateListAsync(caller);

        var made = await api.Host.CreateContactAsync(caller, "+34 600 000 001", list.Name);
        await api.Host.CreateContactAsync(caller, "+34600000002");

        var read = await Contacts.GetContactAsync(new GetContactRequest { Name = made.Name }, caller.Auth);
        var members = await Contacts.ListContactsAsync(new ListContactsRequest { Parent = caller.Name, ContactList = list.Name }, caller.Auth);
        var lists = new ContactListsService.ContactListsServiceClient(api.Host.Channel);
        var counted = await lists.GetContactListAsync(new GetContactListRequest { Name = list.Name }, caller.Auth);
        Assert.Equal(made, read.Contact);
        Assert.Equal("+34600000001", made.PhoneNumber);
        Assert.Equal([made], members.Contacts);
        Assert.Equal(1, counted.ContactList.MemberCount);
    }

    [Fact]
    public async Task A_phone_number_finds_its_contact_in_every_national_variant()
    {
        var caller = await api.Host.NewTenantAsync();
        var list = await api.Host.CreateListAsync(caller);
        var made = await api.Host.CreateContactAsync(caller, "+5511987654321", list.Name);

        async Task<IEnumerable<string>> FindAsync(string contactList) => (await Contacts.ListContactsAsync(
            new ListContactsRequest { Parent = caller.Name, PhoneNumber = "+551187654321", ContactList = contactList }, caller.Auth))
            .Contacts.Select(contact => contact.Name);

        Assert.Equal([made.Name], await FindAsync(""));
        Assert.Equal([made.Name], await FindAsync(list.Name));
        Assert.Empty(await FindAsync((await api.Host.CreateListAsync(caller)).Name));
    }

    [Fact]
    public async Task A_phone_number_that_another_contact_has_is_refused_with_its_name()
    {
        var caller = await api.Host.NewTenantAsync();
        var made = await api.Host.CreateContactAsync(caller, "+34600000001");

        var detail = await Expect.FailsAsync(
            StatusCode.AlreadyExists, Reason.AlreadyExists, () => api.Host.CreateContactAsync(caller, "+34600000001"));

        Assert.Equal(made.Name, detail.Metadata["resource"]);
    }

    [Fact]
    public async Task An_update_changes_the_named_fields_only()
    {
        var caller = await api.Host.NewTenantAsync();
        var made = await api.Host.CreateContactAsync(caller, "+34600000001");
        var request = new UpdateContactRequest
        {
            Contact = new Contact { Name = made.Name, Language = "pt-BR", DisplayName = "ignored", Attributes = { ["city"] = "Lisboa" } },
            UpdateMask = new FieldMask { Paths = { "language", "attributes" } },
            RequestId = World.NewRequestId(),
        };

        var changed = (await Contacts.UpdateContactAsync(request, caller.Auth)).Contact;

        Assert.Equal(("Ana", "pt-BR", "Lisboa"), (changed.DisplayName, changed.Language, changed.Attributes["city"]));
        Assert.NotEqual(made.Etag, changed.Etag);
    }

    [Fact]
    public async Task A_contact_keeps_an_identity()
    {
        var caller = await api.Host.NewTenantAsync();
        var made = await api.Host.CreateContactAsync(caller, "+34600000001");

        await Expect.FieldFailsAsync("contact", "identity_required", async () => await Contacts.UpdateContactAsync(
            new UpdateContactRequest
            {
                Contact = new Contact { Name = made.Name },
                UpdateMask = new FieldMask { Paths = { "phone_number" } },
                RequestId = World.NewRequestId(),
            },
            caller.Auth));
        await Expect.FieldFailsAsync("contact", "identity_required", async () => await Contacts.CreateContactAsync(
            new CreateContactRequest { Parent = caller.Name, Contact = new Contact { DisplayName = "Nobody" }, RequestId = World.NewRequestId() },
            caller.Auth));
    }

    [Fact]
    public async Task A_restriction_is_shown_is_kept_by_a_repetition_and_holds_to_the_etag()
    {
        var caller = await api.Host.NewTenantAsync();
        var made = await api.Host.CreateContactAsync(caller, "+34600000001");

        var first = (await RestrictAsync(caller, made.Name, made.Etag)).Contact;
        var again = (await RestrictAsync(caller, made.Name, "")).Contact;
        await Expect.FailsAsync(StatusCode.Aborted, Reason.EtagMismatch, () => RestrictAsync(caller, made.Name, made.Etag));
        await Expect.FailsAsync(
            StatusCode.NotFound, Reason.ResourceNotFound, () => RestrictAsync(caller, $"{caller.Name}/contacts/0197c8d2-0000-7000-8000-000000000001", ""));
        var read = (await Contacts.GetContactAsync(new GetContactRequest { Name = made.Name }, caller.Auth)).Contact;

        Assert.Null(made.RestrictTime);
        Assert.NotNull(first.RestrictTime);
        Assert.Equal(first, again);
        Assert.Equal(first, read);
    }

    [Fact]
    public async Task A_deleted_contact_is_gone()
    {
        var caller = await api.Host.NewTenantAsync();
        var made = await api.Host.CreateContactAsync(caller, "+34600000001");

        await Contacts.DeleteContactAsync(new DeleteContactRequest { Name = made.Name, Etag = made.Etag, RequestId = World.NewRequestId() }, caller.Auth);

        await Expect.FailsAsync(StatusCode.NotFound, Reason.ResourceNotFound, async () =>
            await Contacts.GetContactAsync(new GetContactRequest { Name = made.Name }, caller.Auth));
    }

    [Theory]
    [InlineData(1, 100_000)]
    [InlineData(500, 40)]
    public async Task An_error_is_never_larger_than_clients_take(int count, int length)
    {
        var caller = await api.Host.NewTenantAsync();
        var contact = new Contact { PhoneNumber = "+34600000001" };
        for (var i = 0; i < count; i++)
            contact.Attributes[$"{new string('\u00e9', length)}\0{i}"] = "\0";

        var detail = await Expect.FailsAsync(StatusCode.InvalidArgument, Reason.FieldInvalid, async () => await Contacts.CreateContactAsync(
            new CreateContactRequest { Parent = caller.Name, Contact = contact, RequestId = World.NewRequestId() }, caller.Auth));

        Assert.NotEmpty(detail.FieldViolations);
    }

    [Fact]
    public async Task Attributes_have_names_that_campaigns_can_use()
    {
        var caller = await api.Host.NewTenantAsync();
        var contact = new Contact { PhoneNumber = "+34600000001", Attributes = { ["display_name"] = "x", ["ok"] = new string('x', 1001) } };

        var detail = await Expect.FailsAsync(StatusCode.InvalidArgument, Reason.FieldInvalid, async () => await Contacts.CreateContactAsync(
            new CreateContactRequest { Parent = caller.Name, Contact = contact, RequestId = World.NewRequestId() }, caller.Auth));

        Assert.Equal(
            [("contact.attributes", "attribute_name"), ("contact.attributes[\"ok\"]", "too_long")],
            detail.FieldViolations.Select(violation => (violation.Field, violation.Rule)).Order());
    }

    private async Task<RestrictContactResponse> RestrictAsync(TestCaller caller, string name, string etag) =>
        await Contacts.RestrictContactAsync(new RestrictContactRequest { Name = name, Etag = etag, RequestId = World.NewRequestId() }, caller.Auth);
}

using Google.Protobuf.Collections;
using Grpc.Core;
using Herald.Api.Calls;
using Herald.Api.Contacts.Import;
using Herald.Api.Errors;
using Herald.Contracts.Contacts.V1;
using Herald.Domain.Contacts;
using Herald.Storage.Contacts;

namespace Herald.Api.Contacts;

/// <summary>Serves <c>herald.contacts.v1.ContactsService</c>.</summary>
internal sealed class ContactsRpc(IContactStore contacts, IContactListStore lists, ContactImporter importer, TimeProvider time)
    : ContactsService.ContactsServiceBase
{
    private const int ListsMax = 20;

    private static readonly string[] Fields =
        ["phone_number", "whatsapp_user_id", "username", "display_name", "language", "time_zone", "attributes"];

    public override async Task<CreateContactResponse> CreateContact(CreateContactRequest request, ServerCallContext context)
    {
        var call = Call.Of(context);
        var contact = request.Contact ?? new Contact();
        call.TenantName("parent", request.Parent);
        var phone = call.Violations.Check("contact", contact, static _ => true);
        if (contact.PhoneNumber.Length == 0 && contact.WhatsappUserId.Length == 0)
            ContactErrors.IdentityRequired(call.Violations);
        var joined = await ReadListsAsync(call, request.ContactLists);
        call.ThrowIfInvalid();
        var now = time.StoredNow();
        var row = Write(
            new ContactRow
            {
                TenantId = call.Tenant,
                ContactId = new ContactId(call.ResourceId),
                Phone = null,
                UserId = null,
                ParentUserId = null,
                Username = null,
                DisplayName = "",
                Language = "",
                TimeZone = "",
                Attributes = new Dictionary<string, string>(),
                Version = 1,
                CreateTime = now,
                UpdateTime = now,
            },
            contact, phone, Fields);
        var written = await contacts.InsertAsync(row, Variants(phone), call.Ct);
        if (written.Outcome == ContactWriteOutcome.IdentityTaken)
            throw ContactErrors.IdentityTaken(call.Tenant, written.TakenBy);
        // A repeated request finds the contact that it made.
        row = written.Row ?? await contacts.GetAsync(call.Tenant, row.ContactId, call.Ct) ?? row;
        foreach (var list in joined)
            await lists.AddMembersAsync(call.Tenant, list, [row.ContactId], call.Ct);
        return new CreateContactResponse { Contact = row.ToProto() };
    }

    public override async Task<GetContactResponse> GetContact(GetContactRequest request, ServerCallContext context)
    {
        var call = Call.Of(context);
        var id = call.ContactName("name", request.Name);
        call.ThrowIfInvalid();
        var row = await contacts.GetAsync(call.Tenant, id, call.Ct) ?? throw ApiErrors.NotFound(request.Name);
        return new GetContactResponse { Contact = row.ToProto() };
    }

    public override async Task<ListContactsResponse> ListContacts(ListContactsRequest request, ServerCallContext context)
    {
        var call = Call.Of(context);
        call.TenantName("parent", request.Parent);
        var page = PageRequest.Read(call, request.PageSize, request.PageToken, request.PhoneNumber, request.ContactList);
        var list = call.Optional("contact_list", request.ContactList, CallNames.ContactListName);
        PhoneNumber? phone = request.PhoneNumber.Length > 0 ? call.Violations.Phone("phone_number", request.PhoneNumber, null) : null;
        call.ThrowIfInvalid();
        if (list is { } known && await lists.GetAsync(call.Tenant, known, call.Ct) is null)
            throw ApiErrors.NotFound(request.ContactList);
        var rows = phone is { } number
            ? await FindAsync(call, number, list, page)
            : await contacts.ListAsync(call.Tenant, list, page.After is { } after ? new ContactId(after) : null, page.ReadSize, call.Ct);
        var (items, next) = page.Cut(rows, row => row.ContactId.Value);
        return new ListContactsResponse { Contacts = { items.Select(row => row.ToProto()) }, NextPageToken = next };
    }

    public override async Task<UpdateContactResponse> UpdateContact(UpdateContactRequest request, ServerCallContext context)
    {
        var call = Call.Of(context);
        var contact = request.Contact ?? new Contact();
        var id = call.ContactName("contact.name", contact.Name);
        var mask = call.Violations.Mask("update_mask", request.UpdateMask, Fields);
        var phone = call.Violations.Check("contact", contact, mask.Contains);
        var seen = Etag.Read(call.Violations, "contact.etag", contact.Etag);
        call.ThrowIfInvalid();
        var row = await Versioned.UpdateAsync(
            contact.Name, seen, () => contacts.GetAsync(call.Tenant, id, call.Ct), row => row.Version,
            row => Change(row, contact, phone, mask),
            async row =>
            {
                var variants = mask.Contains("phone_number") ? Variants(phone) : [];
                var result = await contacts.UpdateAsync(row, variants, call.Ct);
                return result.Outcome == ContactWriteOutcome.IdentityTaken
                    ? throw ContactErrors.IdentityTaken(call.Tenant, result.TakenBy)
                    : result.Row;
            });
        return new UpdateContactResponse { Contact = row.ToProto() };
    }

    public override async Task<DeleteContactResponse> DeleteContact(DeleteContactRequest request, ServerCallContext context)
    {
        var call = Call.Of(context);
        var id = call.ContactName("name", request.Name);
        var seen = Etag.Read(call.Violations, "etag", request.Etag);
        call.ThrowIfInvalid();
        var outcome = await contacts.DeleteAsync(call.Tenant, id, seen, time.StoredNow(), call.Ct);
        if (outcome == ContactDeleteOutcome.Absent)
            throw ApiErrors.NotFound(request.Name);
        if (outcome == ContactDeleteOutcome.Conflict)
        {
            var current = await contacts.GetAsync(call.Tenant, id, call.Ct) ?? throw ApiErrors.NotFound(request.Name);
            throw ApiErrors.EtagMismatch(request.Name, Etag.Of(current.Version));
        }
        return new DeleteContactResponse();
    }

    public override async Task<RestrictContactResponse> RestrictContact(RestrictContactRequest request, ServerCallContext context)
    {
        var call = Call.Of(context);
        var id = call.ContactName("name", request.Name);
        var seen = Etag.Read(call.Violations, "etag", request.Etag);
        call.ThrowIfInvalid();
        var row = await Versioned.UpdateAsync(
            request.Name, seen, () => contacts.GetAsync(call.Tenant, id, call.Ct), row => row.Version, row => row,
            row => contacts.RestrictAsync(call.Tenant, id, row.Version, time.StoredNow(), call.Ct));
        return new RestrictContactResponse { Contact = row.ToProto() };
    }

    public override async Task<UnrestrictContactResponse> UnrestrictContact(UnrestrictContactRequest request, ServerCallContext context)
    {
        var call = Call.Of(context);
        var id = call.ContactName("name", request.Name);
        var seen = Etag.Read(call.Violations, "etag", request.Etag);
        call.ThrowIfInvalid();
        var row = await Versioned.UpdateAsync(
            request.Name, seen, () => contacts.GetAsync(call.Tenant, id, call.Ct), row => row.Version, row => row,
            row => contacts.UnrestrictAsync(call.Tenant, id, row.Version, time.StoredNow(), call.Ct));
        return new UnrestrictContactResponse { Contact = row.ToProto() };
    }

    public override Task<ImportContactsResponse> ImportContacts(
        IAsyncStreamReader<ImportContactsRequest> requestStream, ServerCallContext context) =>
        importer.ImportAsync(Call.Of(context), requestStream);

    private async Task<List<ContactListId>> ReadListsAsync(Call call, RepeatedField<string> names)
    {
        var found = new List<ContactListId>();
        if (names.Count > ListsMax)
            call.Violations.Add("contact_lists", Rules.TooLong, $"A contact is put into at most {ListsMax} lists at once.");
        for (var i = 0; i < Math.Min(names.Count, ListsMax); i++)
            found.Add(call.ContactListName($"contact_lists[{i}]", names[i]));
        if (call.Violations.IsEmpty)
        {
            foreach (var (list, name) in found.Zip(names))
                _ = await lists.GetAsync(call.Tenant, list, call.Ct) ?? throw ApiErrors.NotFound(name);
        }
        return found;
    }

    /// <summary>The one contact with a phone number, if it is in the list that is asked for and the page before did not have it.</summary>
    private async Task<IReadOnlyList<ContactRow>> FindAsync(Call call, PhoneNumber phone, ContactListId? list, PageRequest page)
    {
        var spellings = phone.Variants().Select(variant => variant.Digits).ToList();
        if (page.After is not null || await contacts.FindByPhoneAsync(call.Tenant, spellings, call.Ct) is not { } found)
            return [];
        if (list is null)
            return [found];
        var before = new ContactId(Neighbours.Before(found.ContactId.Value));
        var member = await contacts.ListAsync(call.Tenant, list, before, 1, call.Ct);
        return member.Count == 1 && member[0].ContactId == found.ContactId ? member : [];
    }

    private ContactRow Change(ContactRow row, Contact contact, PhoneNumber? phone, IReadOnlyList<string> mask)
    {
        var changed = Write(row, contact, phone, mask) with { UpdateTime = time.StoredNow() };
        if (changed is { Phone: null, UserId: null })
        {
            var violations = new Violations();
            ContactErrors.IdentityRequired(violations);
            violations.ThrowIfAny();
        }
        return changed;
    }

    private static ContactRow Write(ContactRow row, Contact contact, PhoneNumber? phone, IReadOnlyList<string> fields) => row with
    {
        Phone = fields.Contains("phone_number") ? phone?.Digits : row.Phone,
        UserId = fields.Contains("whatsapp_user_id") ? NullIfEmpty(contact.WhatsappUserId) : row.UserId,
        Username = fields.Contains("username") ? NullIfEmpty(contact.Username) : row.Username,
        DisplayName = fields.Contains("display_name") ? contact.DisplayName : row.DisplayName,
        Language = fields.Contains("language") ? contact.Language : row.Language,
        TimeZone = fields.Contains("time_zone") ? contact.TimeZone : row.TimeZone,
        Attributes = fields.Contains("attributes") ? new Dictionary<string, string>(contact.Attributes) : row.Attributes,
    };

    private static List<string> Variants(PhoneNumber? phone) =>
        phone is { } number ? [.. number.Variants().Skip(1).Select(variant => variant.Digits)] : [];

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;
}

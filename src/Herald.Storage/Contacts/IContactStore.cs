using Herald.Domain.Contacts;
using Herald.Domain.Senders;
using Herald.Domain.Tenants;

namespace Herald.Storage.Contacts;

/// <summary>Contacts and all identities they are known by. An identity belongs to at most one contact of a tenant.</summary>
public interface IContactStore
{
    /// <summary>Adds a contact with version 1 and its identities; <paramref name="phoneVariants"/> are other spellings of its phone.</summary>
    Task<ContactWriteResult> InsertAsync(ContactRow row, IReadOnlyList<string> phoneVariants, CancellationToken ct);

    /// <summary>The tenant's contact, or null.</summary>
    Task<ContactRow?> GetAsync(TenantId tenant, ContactId contact, CancellationToken ct);

    /// <summary>
    /// Up to <paramref name="pageSize"/> contacts of the tenant, of one list only if <paramref name="list"/> is set, with ids above
    /// <paramref name="after"/> (null: from the start), by id.
    /// </summary>
    Task<IReadOnlyList<ContactRow>> ListAsync(TenantId tenant, ContactListId? list, ContactId? after, int pageSize, CancellationToken ct);

    /// <summary>The contact known by any of these spellings of a phone, the first spelling that is known deciding; null when none is.</summary>
    Task<ContactRow?> FindByPhoneAsync(TenantId tenant, IReadOnlyList<string> phones, CancellationToken ct);

    /// <summary>
    /// Writes all but ids, version and create time, if the stored version is still the row's. New identities are added, identities
    /// that the row no longer names stay known as old ones.
    /// </summary>
    Task<ContactWriteResult> UpdateAsync(ContactRow row, IReadOnlyList<string> phoneVariants, CancellationToken ct);

    /// <summary>
    /// Removes the contact, its identities, memberships and windows, if the stored version is <paramref name="version"/> (null: any). Its consent
    /// ledger and projection stay. What it refuses is kept under keyed hashes of its identities in the same transaction, and comes back
    /// into the ledger of whichever contact of the tenant gets one of them, in any way that contacts come to be or to be known. Of its messages that
    /// failed Meta's words are forgotten, which could name the person; the sentence for the code stays.
    /// </summary>
    Task<ContactDeleteOutcome> DeleteAsync(TenantId tenant, ContactId contact, long? version, DateTimeOffset now, CancellationToken ct);

    /// <summary>
    /// Restricts the contact: its data stays and nothing is sent to it any more, of whatever class. What is queued for it is suppressed in the same
    /// transaction, and every node is told, so that what is claimed and not yet on its way is looked at again. A contact that is restricted already
    /// stays so since the time before.
    /// </summary>
    /// <returns>The contact as it is now; null when it is absent or its stored version is another.</returns>
    Task<ContactRow?> RestrictAsync(TenantId tenant, ContactId contact, long version, DateTimeOffset now, CancellationToken ct);

    /// <summary>Lifts a restriction, for messages that are queued from now on; what was suppressed stays so.</summary>
    /// <returns>The contact as it is now; null when it is absent or its stored version is another.</returns>
    Task<ContactRow?> UnrestrictAsync(TenantId tenant, ContactId contact, long version, DateTimeOffset now, CancellationToken ct);

    /// <summary>
    /// The contact of whoever wrote: found by user id, then phone, parent user id, user name (unless the name's contact has another user
    /// id); created with <paramref name="newContactId"/> when none is found. Identities learned anew are added unless another contact has
    /// them, which then is the same person: what either refused, before or later, counts for both. A user name moves to the one who wrote last. Of two
    /// callers at once with the same identity, both get the same contact.
    /// </summary>
    Task<ContactRow> ResolveInboundAsync(
        TenantId tenant, InboundIdentity identity, ContactId newContactId, DateTimeOffset now, CancellationToken ct);

    /// <summary>
    /// All contacts of the tenant to which one of the identities belongs that prove who a person is: user id, parent user id, and phone in any of its
    /// spellings; and those that a message before showed to be the same person. Most people have one; several when Herald met a person under one identity
    /// first and under another later, before anything told that they are the same. A user name proves nothing, since it can pass to another
    /// person. By id; empty when none is known.
    /// </summary>
    Task<IReadOnlyList<ContactId>> ListOwnersAsync(TenantId tenant, InboundIdentity identity, CancellationToken ct);

    /// <summary>
    /// Adds or updates contacts by phone, their list membership and their consent, in one transaction. Rows with the same phone: the last
    /// wins. An empty name, language or zone and absent attributes leave what is stored. A grant never lifts a revoke; after a revoke no message
    /// that it forbids can be claimed any more, and those queued are suppressed.
    /// </summary>
    Task<ContactImportResult> ImportAsync(TenantId tenant, ContactImportBatch batch, CancellationToken ct);

    /// <summary>Notes that the contact wrote to the sender; an older time than the stored one changes nothing.</summary>
    Task TouchWindowAsync(TenantId tenant, ContactId contact, SenderId sender, DateTimeOffset inboundTime, CancellationToken ct);

    /// <summary>When the contact last wrote to the sender, or null.</summary>
    Task<DateTimeOffset?> GetWindowAsync(TenantId tenant, ContactId contact, SenderId sender, CancellationToken ct);
}

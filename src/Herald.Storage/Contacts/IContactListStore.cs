using Herald.Domain.Contacts;
using Herald.Domain.Tenants;

namespace Herald.Storage.Contacts;

/// <summary>Named lists of contacts, the audiences of campaigns.</summary>
public interface IContactListStore
{
    /// <summary>Adds an empty list with version 1. False, and no change, when the id exists.</summary>
    Task<bool> InsertAsync(ContactListRow row, CancellationToken ct);

    /// <summary>The list with its number of members, or null.</summary>
    Task<ContactListRow?> GetAsync(TenantId tenant, ContactListId list, CancellationToken ct);

    /// <summary>Up to <paramref name="pageSize"/> lists of the tenant with ids above <paramref name="after"/> (null: from the start), by id.</summary>
    Task<IReadOnlyList<ContactListRow>> ListAsync(TenantId tenant, ContactListId? after, int pageSize, CancellationToken ct);

    /// <summary>
    /// Removes the list and its memberships; contacts stay. False, and no change, when it is absent or a campaign that has not ended uses it.
    /// </summary>
    Task<bool> DeleteAsync(TenantId tenant, ContactListId list, CancellationToken ct);

    /// <summary>Puts contacts of the tenant into the list; ids that are members already or are not contacts are skipped. How many were added.</summary>
    Task<int> AddMembersAsync(TenantId tenant, ContactListId list, IReadOnlyList<ContactId> contacts, CancellationToken ct);

    /// <summary>Takes contacts out of the list. How many were members.</summary>
    Task<int> RemoveMembersAsync(TenantId tenant, ContactListId list, IReadOnlyList<ContactId> contacts, CancellationToken ct);
}

using Herald.Domain.Senders;
using Herald.Domain.Tenants;

namespace Herald.Storage.Tenants;

/// <summary>Business phone numbers.</summary>
public interface ISenderStore
{
    /// <summary>Adds a sender with version 1.</summary>
    Task<SenderInsertResult> InsertAsync(SenderRow row, CancellationToken ct);

    /// <summary>The tenant's sender, or null.</summary>
    Task<SenderRow?> GetAsync(TenantId tenant, SenderId sender, CancellationToken ct);

    /// <summary>Up to <paramref name="pageSize"/> senders of the tenant with ids above <paramref name="after"/> (null: from the start), by id.</summary>
    Task<IReadOnlyList<SenderRow>> ListAsync(TenantId tenant, SenderId? after, int pageSize, CancellationToken ct);

    /// <summary>The sender of whichever tenant, or null. For webhooks, whose tenant is the number's.</summary>
    Task<SenderRow?> FindByPhoneNumberIdAsync(string phoneNumberId, CancellationToken ct);

    /// <summary>The senders of all tenants on one WhatsApp business account, by tenant and id.</summary>
    Task<IReadOnlyList<SenderRow>> ListByWabaAsync(string wabaId, CancellationToken ct);

    /// <summary>The senders of all tenants that are Active or Throttled, by tenant and id. For delivery.</summary>
    Task<IReadOnlyList<SenderRow>> ListActiveAsync(CancellationToken ct);

    /// <summary>Up to <paramref name="limit"/> senders of all tenants whose check time has come, the longest overdue first.</summary>
    Task<IReadOnlyList<SenderRow>> ListToCheckAsync(DateTimeOffset now, int limit, CancellationToken ct);

    /// <summary>
    /// Writes all but ids, kind, version and create time, if the stored version is still the row's. The new row, or null when the sender is
    /// absent or was changed meanwhile. Signals the sender's queue.
    /// </summary>
    Task<SenderRow?> UpdateAsync(SenderRow row, CancellationToken ct);

    /// <summary>
    /// As <see cref="UpdateAsync"/>, unless a campaign that has not ended uses the sender; no such campaign can be added at the same time.
    /// </summary>
    Task<SenderRetirement> RetireAsync(SenderRow row, CancellationToken ct);
}

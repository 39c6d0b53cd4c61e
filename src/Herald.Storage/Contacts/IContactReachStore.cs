using Herald.Domain;
using Herald.Domain.Contacts;
using Herald.Domain.Senders;
using Herald.Domain.Tenants;

namespace Herald.Storage.Contacts;

/// <summary>What Meta's refusals say of a person. Nothing here creates a contact; an absent one is left absent.</summary>
public interface IContactReachStore
{
    /// <summary>
    /// Notes that the contact cannot be reached, with Meta's code: campaigns skip it until its phone or user id changes, or
    /// <see cref="MarkReachableAsync"/>. False when it was noted already, or the contact is absent.
    /// </summary>
    Task<bool> MarkUnreachableAsync(TenantId tenant, ContactId contact, int code, DateTimeOffset now, CancellationToken ct);

    /// <summary>The contact wrote to us: it can be reached. False when nothing else was noted.</summary>
    Task<bool> MarkReachableAsync(TenantId tenant, ContactId contact, CancellationToken ct);

    /// <summary>
    /// Notes that Meta withheld a marketing message from the contact at <paramref name="time"/>, by the rule of <see cref="MarketingHold"/>, and moves
    /// its queued marketing messages behind the end of the hold, all in one transaction; what is due earlier all the same is put off when it is claimed. Told again of the same time, nothing changes.
    /// </summary>
    /// <returns>The hold as it is now; null when the contact is absent.</returns>
    Task<MarketingHold?> HoldMarketingAsync(
        TenantId tenant, ContactId contact, DateTimeOffset time, IRandomSource random, CancellationToken ct);

    /// <summary>Closes the 24 hour window of the contact towards the sender, if it was open at <paramref name="time"/>. False when it was not.</summary>
    Task<bool> CloseWindowAsync(TenantId tenant, ContactId contact, SenderId sender, DateTimeOffset time, CancellationToken ct);
}

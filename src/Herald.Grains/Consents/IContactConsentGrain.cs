using Orleans;

namespace Herald.Grains.Consents;

/// <summary>The one writer of a contact's consent. Key: <see cref="GrainKeys.Contact"/>.</summary>
[Alias("Herald.Grains.Consents.IContactConsentGrain")]
public interface IContactConsentGrain : IGrainWithStringKey
{
    /// <summary>
    /// Appends to the ledger and moves the projection. A revoke of marketing suppresses the contact's queued messages in the same
    /// transaction. The same evidence key a second time changes nothing.
    /// </summary>
    [Alias("Record")]
    Task<RecordConsentResult> Record(RecordConsent command);

    /// <summary>
    /// Handles STOP: revokes marketing for the whole tenant and queues one confirmation to be sent inside the window.
    /// </summary>
    [Alias("Stop")]
    Task<RecordConsentResult> Stop(KeywordReceived command);

    /// <summary>
    /// Handles START: grants marketing again if the contact was opted in before or the tenant's wording counts as opt-in, and queues
    /// one confirmation.
    /// </summary>
    [Alias("Start")]
    Task<RecordConsentResult> Start(KeywordReceived command);
}

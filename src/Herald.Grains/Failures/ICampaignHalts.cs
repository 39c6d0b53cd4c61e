using Herald.Storage.Campaigns;

namespace Herald.Grains.Failures;

/// <summary>Pauses campaigns whose template or sender stopped, whoever told of that: a webhook, a synchronisation or a refused message.</summary>
public interface ICampaignHalts
{
    /// <summary>
    /// Pauses the campaign with what stopped it as its cause, for the audit and for whoever looks at it, and tells the owners if it is the template; of a
    /// sender that stopped they are told once for all its campaigns. Does nothing when both can be used, or when it does not run any more.
    /// </summary>
    /// <param name="campaign">The campaign as it was read.</param>
    Task HaltAsync(CampaignRow campaign);
}

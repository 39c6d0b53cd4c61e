namespace Herald.Domain.Campaigns;

/// <summary>Where a campaign stands, as read from its row.</summary>
/// <param name="State">Its state.</param>
/// <param name="PauseCause">Who or what paused it; None unless it is paused.</param>
public readonly record struct CampaignPosition(CampaignState State, PauseCause PauseCause);

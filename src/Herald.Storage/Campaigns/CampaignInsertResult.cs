namespace Herald.Storage.Campaigns;

/// <summary>What became of a campaign that was to be added.</summary>
public enum CampaignInsertResult
{
    /// <summary>It was added.</summary>
    Inserted = 1,

    /// <summary>The tenant has a campaign of that id; nothing was changed.</summary>
    IdExists = 2,

    /// <summary>The tenant has no such template, sender or list (any more); nothing was changed.</summary>
    ReferenceAbsent = 3,
}

using Herald.Domain.Campaigns;

namespace Herald.Storage.Tenants;

/// <summary>What became of a sender that was to be put out of use.</summary>
public sealed record class SenderRetirement
{
    /// <summary>The row as written; null when it is absent, has another version, or is used.</summary>
    public SenderRow? Row { get; init; }

    /// <summary>An unfinished campaign that uses it; then nothing was changed.</summary>
    public CampaignId? UsedBy { get; init; }
}

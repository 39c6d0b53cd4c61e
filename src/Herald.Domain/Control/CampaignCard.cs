using Herald.Domain.Campaigns;
using Herald.Domain.Templates;

namespace Herald.Domain.Control;

/// <summary>What an owner is told of a campaign. Figures are numbers of messages.</summary>
public sealed record CampaignCard
{
    /// <summary>The campaign.</summary>
    public required CampaignId Id { get; init; }

    /// <summary>Its name for people.</summary>
    public required string Name { get; init; }

    /// <summary>Its state.</summary>
    public required CampaignState State { get; init; }

    /// <summary>Who or what paused it.</summary>
    public PauseCause PauseCause { get; init; }

    /// <summary>The name of its template.</summary>
    public required string TemplateName { get; init; }

    /// <summary>The state of its template.</summary>
    public required TemplateState TemplateState { get; init; }

    /// <summary>The number that it is sent from, as people read it.</summary>
    public required string SenderName { get; init; }

    /// <summary>How many people are in its audience.</summary>
    public required long Recipients { get; init; }

    /// <summary>How long sending takes at the sender's pace; null if not known.</summary>
    public TimeSpan? EstimatedDuration { get; init; }

    /// <summary>What sending costs at list price, with its currency; empty if not known.</summary>
    public string EstimatedCost { get; init; } = string.Empty;

    /// <summary>How many people the portfolio may write to in 24 hours; null if unlimited or not known.</summary>
    public long? DailyLimit { get; init; }

    /// <summary>How many people of the audience that limit leaves now; null when sending need not be spread, or that is not known.</summary>
    public long? ReachableNow { get; init; }

    /// <summary>Over how many days sending is spread; 1 when it is not.</summary>
    public int SpreadDays { get; init; } = 1;

    /// <summary>Waiting to be sent.</summary>
    public long Queued { get; init; }

    /// <summary>Taken by Meta or further.</summary>
    public long Sent { get; init; }

    /// <summary>Delivered or read.</summary>
    public long Delivered { get; init; }

    /// <summary>Read.</summary>
    public long Read { get; init; }

    /// <summary>Refused.</summary>
    public long Failed { get; init; }

    /// <summary>Not sent, because consent or a preference forbids it.</summary>
    public long Suppressed { get; init; }

    /// <summary>People who opted out in answer to it.</summary>
    public long OptedOut { get; init; }
}

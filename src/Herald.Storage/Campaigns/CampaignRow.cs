using Herald.Domain.Campaigns;
using Herald.Domain.Contacts;
using Herald.Domain.Senders;
using Herald.Domain.Templates;
using Herald.Domain.Tenants;

namespace Herald.Storage.Campaigns;

/// <summary>A campaign as stored.</summary>
public sealed record class CampaignRow
{
    /// <summary>The tenant.</summary>
    public required TenantId TenantId { get; init; }

    /// <summary>The campaign.</summary>
    public required CampaignId CampaignId { get; init; }

    /// <summary>The name that people read.</summary>
    public required string DisplayName { get; init; }

    /// <summary>The template that is sent.</summary>
    public required TemplateId TemplateId { get; init; }

    /// <summary>The number that it is sent from.</summary>
    public required SenderId SenderId { get; init; }

    /// <summary>The list whose members get it.</summary>
    public required ContactListId ListId { get; init; }

    /// <summary>How template parameters are filled, as a JSON document.</summary>
    public required string Parameters { get; init; }

    /// <summary>Where it is in its life; the end time is set exactly in Completed, Cancelled and Failed.</summary>
    public required CampaignState State { get; init; }

    /// <summary>Who or what paused it; None when it is not paused.</summary>
    public required PauseCause PauseCause { get; init; }

    /// <summary>Who paused it; empty when it is not paused.</summary>
    public required string PauseActor { get; init; }

    /// <summary>Why it is in its state, for people; may be empty.</summary>
    public required string StateDetail { get; init; }

    /// <summary>How many messages were frozen so far. Written by <see cref="ICampaignStore.PrepareBatchAsync"/> only.</summary>
    public required long Recipients { get; init; }

    /// <summary>The last list member that was frozen; null before the first. Written by <see cref="ICampaignStore.PrepareBatchAsync"/> only.</summary>
    public required ContactId? PrepareCursor { get; init; }

    /// <summary>True when the whole list is frozen. Written by <see cref="ICampaignStore.PrepareBatchAsync"/> only.</summary>
    public required bool PrepareDone { get; init; }

    /// <summary>The id of the last state change that was asked for, so that a repetition changes nothing; may be empty.</summary>
    public required string LastRequestId { get; init; }

    /// <summary>When it shall start; null for at once.</summary>
    public required DateTimeOffset? ScheduleTime { get; init; }

    /// <summary>When a person launched it.</summary>
    public required DateTimeOffset? LaunchTime { get; init; }

    /// <summary>When it began to run.</summary>
    public required DateTimeOffset? StartTime { get; init; }

    /// <summary>When it ended.</summary>
    public required DateTimeOffset? EndTime { get; init; }

    /// <summary>1 when inserted, one more with each update; freezing does not count.</summary>
    public required long Version { get; init; }

    /// <summary>When it was inserted.</summary>
    public required DateTimeOffset CreateTime { get; init; }

    /// <summary>When it was last changed.</summary>
    public required DateTimeOffset UpdateTime { get; init; }
}

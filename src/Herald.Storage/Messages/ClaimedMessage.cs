using Herald.Domain.Campaigns;
using Herald.Domain.Contacts;
using Herald.Domain.Messages;
using Herald.Domain.Templates;

namespace Herald.Storage.Messages;

/// <summary>A message that its claimer must send once, and settle.</summary>
public sealed record class ClaimedMessage
{
    /// <summary>The message.</summary>
    public required MessageId MessageId { get; init; }

    /// <summary>The campaign; null for replies.</summary>
    public required CampaignId? CampaignId { get; init; }

    /// <summary>The person it goes to.</summary>
    public required ContactId ContactId { get; init; }

    /// <summary>What it is for.</summary>
    public required MessageClass Class { get; init; }

    /// <summary>1 for the first attempt; the settlement repeats it.</summary>
    public required int Attempt { get; init; }

    /// <summary>The template; null for free-form messages.</summary>
    public required TemplateId? TemplateId { get; init; }

    /// <summary>What a free-form message says, as JSON; null for templates.</summary>
    public required string? Content { get; init; }

    /// <summary>The phone to send to; null when only a user id is known.</summary>
    public required string? Phone { get; init; }

    /// <summary>Meta's user id to send to when there is no phone.</summary>
    public required string? UserId { get; init; }

    /// <summary>The contact's name; may be empty.</summary>
    public required string DisplayName { get; init; }

    /// <summary>The contact's language; may be empty.</summary>
    public required string Language { get; init; }

    /// <summary>The contact's attributes as a JSON object of strings.</summary>
    public required string Attributes { get; init; }

    /// <summary>The campaign's parameters as JSON; null for replies.</summary>
    public required string? CampaignParameters { get; init; }
}

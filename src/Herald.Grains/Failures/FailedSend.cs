using Herald.Domain.Campaigns;
using Herald.Domain.Contacts;
using Herald.Domain.Messages;
using Herald.Domain.Senders;
using Herald.Domain.Templates;
using Herald.Domain.Tenants;
using Herald.WhatsApp.Errors;

namespace Herald.Grains.Failures;

/// <summary>One attempt to send that Meta refused, in its answer or later by a status.</summary>
public sealed record class FailedSend
{
    /// <summary>Statuses tell whole seconds: what they tell may have happened so much later.</summary>
    public static readonly TimeSpan StatusPrecision = TimeSpan.FromSeconds(1);

    /// <summary>The tenant.</summary>
    public required TenantId Tenant { get; init; }

    /// <summary>The number it was sent from.</summary>
    public required SenderId Sender { get; init; }

    /// <summary>The message.</summary>
    public required MessageId Message { get; init; }

    /// <summary>The person.</summary>
    public required ContactId Contact { get; init; }

    /// <summary>The campaign; null for what has none.</summary>
    public required CampaignId? Campaign { get; init; }

    /// <summary>The template; null for free-form messages.</summary>
    public required TemplateId? Template { get; init; }

    /// <summary>What the message is for.</summary>
    public required MessageClass Class { get; init; }

    /// <summary>Which attempt it was, from 1; claims that led to no request have numbers, too.</summary>
    public required int Attempt { get; init; }

    /// <summary>Meta's code, or the HTTP status of an answer without one.</summary>
    public required int Code { get; init; }

    /// <summary>The row of the table of errors.</summary>
    public required MetaError Error { get; init; }

    /// <summary>
    /// When it happened: just before the request was written, or the status's own time. What a person or Meta set right later is not undone by it.
    /// </summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>When it happened, at the latest.</summary>
    public DateTimeOffset LatestTime => CameLater ? Time + StatusPrecision : Time;

    /// <summary>How long Meta asks to wait; null if it does not say.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>True for a status webhook, false for the answer to the request.</summary>
    public required bool CameLater { get; init; }

    /// <summary>The encrypted token of the request; null when that is not known.</summary>
    public byte[]? TokenCipher { get; init; }
}

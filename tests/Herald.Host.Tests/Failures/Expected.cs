using Herald.Domain.Campaigns;
using Herald.Domain.Senders;
using Herald.Domain.Templates;

namespace Herald.Host.Tests.Failures;

/// <summary>What one code leads to.</summary>
internal sealed record Expected(MessageEnd Message)
{
    /// <summary>Why the campaign is paused; None when it is not.</summary>
    public PauseCause Campaign { get; init; } = PauseCause.None;

    /// <summary>The state of the number that it was sent from.</summary>
    public SenderState Sender { get; init; } = SenderState.Active;

    /// <summary>Whether the other number of the business, of the same account and token, is in that state too.</summary>
    public bool ReachesTheOtherNumber { get; init; }

    /// <summary>Whether the campaigns of the other number with templates of the category are paused for the same.</summary>
    public bool PausesTheOtherCampaign { get; init; }

    public TemplateState Template { get; init; } = TemplateState.Approved;

    /// <summary>Whether campaigns skip the contact from now on.</summary>
    public bool IsUnreachable { get; init; }

    public bool IsOptedOut { get; init; }

    /// <summary>What the owner's notice on WhatsApp says; null when there is none.</summary>
    public string? Notice { get; init; }

    /// <summary>The entry of the audit that the reaction leaves; null when it leaves none.</summary>
    public string? Audit { get; init; }
}

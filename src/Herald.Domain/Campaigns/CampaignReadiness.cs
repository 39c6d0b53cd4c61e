using Herald.Domain.Senders;
using Herald.Domain.Templates;

namespace Herald.Domain.Campaigns;

/// <summary>What must be known before messages of a campaign may go out.</summary>
/// <param name="Template">The state of its template.</param>
/// <param name="Sender">The state of its sender.</param>
/// <param name="RecipientsMin">How many people are in its audience at least; 0 if it is empty.</param>
public readonly record struct CampaignReadiness(TemplateState Template, SenderState Sender, long RecipientsMin)
{
    /// <summary>What stands against it, or null if nothing does.</summary>
    internal Rejection? Problem
    {
        get
        {
            if (Template != TemplateState.Approved)
                return new Rejection(RejectionReason.TemplateNotApproved, $"The template is {Template}; only an Approved one can be sent.", []);
            if (!SenderLifecycle.MaySend(Sender))
                return new Rejection(RejectionReason.SenderNotReady, $"The sender is {Sender}; only an Active or Throttled one can send.", []);
            return RecipientsMin > 0 ? null : new Rejection(RejectionReason.AudienceEmpty, "The audience holds nobody.", []);
        }
    }
}

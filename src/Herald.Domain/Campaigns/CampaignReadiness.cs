using Herald.Domain.Senders;
using Herald.Domain.Templates;

namespace Herald.Domain.Campaigns;

/// <summary>What must be known before messages of a campaign may go out.</summary>
/// <param name="Template">The state of its template.</param>
/// <param name="Sender">The state of its sender.</param>
/// <param name="RecipientsMin">How many people are in its audience at least; 0 if it is empty.</param>
public readonly record struct CampaignReadiness(TemplateState Template, SenderState Sender, long RecipientsMin)
{
    /// <summary>Why the sender is in its state, for people; may be empty.</summary>
    public string SenderReason { get; init; } = "";

    /// <summary>
    /// What stops a campaign that is under way, with a sentence for people, or null if nothing does. The template comes first: once it is approved
    /// again, what is left is the sender's.
    /// </summary>
    internal (PauseCause Cause, string Text)? Stop
    {
        get
        {
            if (Template != TemplateState.Approved)
                return (PauseCause.TemplatePaused, $"{TextOf(Template)} Only an approved template can be sent.");
            if (SenderLifecycle.MaySend(Sender))
                return null;
            var cause = Sender == SenderState.Disconnected ? PauseCause.TokenInvalid : PauseCause.SenderUnavailable;
            return (cause, SenderReason.Length > 0 ? SenderReason : $"The sender is {Sender}; only an Active or Throttled one can send.");
        }
    }

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

    private static string TextOf(TemplateState state) => state switch
    {
        TemplateState.Paused => "WhatsApp has paused the template because of its quality (code 132015).",
        TemplateState.Disabled => "WhatsApp has disabled the template (code 132016).",
        TemplateState.Rejected => "WhatsApp has rejected the template.",
        TemplateState.Pending or TemplateState.InAppeal => "WhatsApp is reviewing the template.",
        TemplateState.PendingDeletion or TemplateState.Deleted => "The template was deleted.",
        TemplateState.Archived => "WhatsApp has put the template into the archive.",
        _ => $"The template is {state}.",
    };
}

using Herald.WhatsApp.Errors;

namespace Herald.WhatsApp.Messages;

/// <summary>
/// What became of one attempt to send: exactly one of <see cref="Accepted"/>, <see cref="Refused"/>, <see cref="Unknown"/> and
/// <see cref="NotSent"/>. Only after <see cref="NotSent"/> is it certain without Meta's word that a repetition sends nothing twice.
/// </summary>
public abstract record SendResult
{
    private SendResult()
    {
    }

    /// <summary>Meta took the message. It is neither sent nor delivered yet; statuses come by webhook.</summary>
    /// <param name="Wamid">Meta's message id, unique and case-sensitive.</param>
    /// <param name="MessageStatus"><c>accepted</c> or <c>held_for_quality_assessment</c> for templates; null for others.</param>
    /// <param name="WaId">The phone number as WhatsApp knows it, digits; may differ from the one sent to. Null if hidden.</param>
    /// <param name="UserId">The business-scoped user id, or null.</param>
    public sealed record Accepted(string Wamid, string? MessageStatus, string? WaId, string? UserId) : SendResult
    {
        /// <summary>The kind only; the message id encodes the phone number.</summary>
        /// <returns>A fixed word.</returns>
        public override string ToString() => nameof(Accepted);
    }

    /// <summary>
    /// Meta refused the message, or says that it failed, or that it took the message and will not send it because its template is paused (132015).
    /// </summary>
    /// <param name="Failure">The error with its reaction. <see cref="Reaction.UnknownOutcome"/> means that it may have been sent all the same.</param>
    public sealed record Refused(MetaFailure Failure) : SendResult;

    /// <summary>It may have been sent.</summary>
    /// <param name="Kind">Why that is not known.</param>
    /// <param name="HttpStatus">HTTP status of the answer, or null if there was none.</param>
    public sealed record Unknown(UnknownKind Kind, int? HttpStatus) : SendResult;

    /// <summary>Nothing left this machine.</summary>
    /// <param name="Kind">Why.</param>
    public sealed record NotSent(NotSentKind Kind) : SendResult;
}

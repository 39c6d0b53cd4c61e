using Herald.Api.Errors;
using Herald.Contracts.Errors.V1;
using Herald.Domain.Templates;

namespace Herald.Api.Templates;

/// <summary>The errors of templates.</summary>
internal static class TemplateErrors
{
    public static ApiException StateNotAllowed(string resource, TemplateState state, params ReadOnlySpan<TemplateState> allowed)
    {
        var (word, words) = (WordOf(state), string.Join(',', allowed.ToArray().Select(WordOf)));
        return new(
            Reason.TemplateState, $"The template '{resource}' is {word}; this is allowed in {words}.",
            ("resource", resource), ("state", word), ("allowed_states", words));
    }

    public static ApiException NotApproved(string resource, TemplateState state)
    {
        var word = WordOf(state);
        return new(Reason.TemplateNotApproved, $"The template '{resource}' is {word}; it must be APPROVED.", ("resource", resource), ("state", word));
    }

    public static ApiException NoSender() =>
        Violations.Single("template.waba_id", "not_connected", "A connected sender of the tenant belongs to the account.");

    private static string WordOf(TemplateState state) => state switch
    {
        TemplateState.InAppeal => "IN_APPEAL",
        TemplateState.PendingDeletion => "PENDING_DELETION",
        TemplateState.LimitExceeded => "LIMIT_EXCEEDED",
        _ => state.ToString().ToUpperInvariant(),
    };
}

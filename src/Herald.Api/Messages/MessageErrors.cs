using Herald.Api.Errors;
using Herald.Contracts.Errors.V1;
using MessageState = Herald.Domain.Messages.MessageState;

namespace Herald.Api.Messages;

/// <summary>The errors of messages that exist.</summary>
internal static class MessageErrors
{
    public static ApiException NotCancellable(string resource, MessageState state)
    {
        var allowed = MessageState.Queued.ToString().ToUpperInvariant();
        var word = state.ToString().ToUpperInvariant();
        return new(
            Reason.MessageState, $"The message '{resource}' is {word}; this is allowed in {allowed}.",
            ("resource", resource), ("state", word), ("allowed_states", allowed));
    }
}

namespace Herald.WhatsApp.Messages;

/// <summary>An emoji on a message of the chat. WhatsApp tells only that it was sent, never that it was delivered or read.</summary>
/// <param name="MessageId">Meta's id of the message that it is put on.</param>
/// <param name="Emoji">One emoji; empty takes an earlier one away.</param>
public sealed record ReactionContent(string MessageId, string Emoji) : MessageContent;

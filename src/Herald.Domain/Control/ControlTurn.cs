namespace Herald.Domain.Control;

/// <summary>
/// What a step of the conversation leads to. While there is a <see cref="Request"/>, the turn is not over: the host carries it out and
/// hands its answer to <see cref="ControlConversation.Continue"/>. In the end it keeps the last session and sends all replies in order.
/// </summary>
/// <param name="Session">The conversation after this step.</param>
/// <param name="Replies">What this step says to the owner; may be empty while there is a request.</param>
/// <param name="Request">What must be looked up or done before the turn goes on; null when it is over.</param>
public sealed record ControlTurn(ControlSessionState Session, IReadOnlyList<ControlReply> Replies, ControlRequest? Request);

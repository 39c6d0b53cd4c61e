namespace Herald.Domain.Control;

/// <summary>What an owner sent. STOP and its like never get here: they are opt-outs, from an owner as from anyone.</summary>
/// <param name="Text">The typed text, or the title of what was tapped; empty for kinds of messages that hold none.</param>
/// <param name="ReplyId">The id of the tapped button or list row; null if it was typed.</param>
public sealed record ControlInput(string Text, string? ReplyId);

namespace Herald.Simulator;

/// <summary>One kind of answer and how often it is given.</summary>
/// <param name="Share">Share of people, 0 to 1.</param>
/// <param name="Kind">How they answer.</param>
/// <param name="Text">The text typed or the label of the button.</param>
public sealed record ReplyRule(double Share, ReplyKind Kind, string Text);

namespace Herald.Domain;

/// <summary>Why a rule refused.</summary>
/// <param name="Reason">The stable reason, for programs.</param>
/// <param name="Text">One English sentence that names the rule, for people. Holds no personal data.</param>
/// <param name="AllowedStates">The names of the states in which it would be allowed, in the order of their numbers; empty if the state is not the reason.</param>
public sealed record Rejection(RejectionReason Reason, string Text, IReadOnlyList<string> AllowedStates);

namespace Herald.Domain.Control;

/// <summary>What every turn needs to know.</summary>
/// <param name="Links">The tenants that the phone may control now, in a stable order; at most 10 are offered.</param>
/// <param name="Now">The present.</param>
/// <param name="FallbackLanguage">The language for a phone that is not linked.</param>
/// <param name="UndoWindow">How long after a launch nothing is sent yet, so that it can be undone; zero for none.</param>
public sealed record ControlFacts(IReadOnlyList<ControlLink> Links, DateTimeOffset Now, string FallbackLanguage, TimeSpan UndoWindow);

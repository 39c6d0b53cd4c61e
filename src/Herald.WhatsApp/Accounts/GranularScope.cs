namespace Herald.WhatsApp.Accounts;

/// <summary>A permission and the nodes it holds for.</summary>
/// <param name="Scope">The permission.</param>
/// <param name="TargetIds">Ids of the nodes; empty when Meta names none, which means all.</param>
public sealed record GranularScope(string Scope, IReadOnlyList<string> TargetIds);

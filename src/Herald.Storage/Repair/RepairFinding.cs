namespace Herald.Storage.Repair;

/// <summary>One kind of thing that should not be, and how often it is.</summary>
/// <param name="Problem">What it is, for people.</param>
/// <param name="Count">How many rows have it.</param>
/// <param name="Mended">How many of them were put right; 0 in a dry run, and where only a person can tell what is right.</param>
public sealed record class RepairFinding(string Problem, int Count, int Mended);

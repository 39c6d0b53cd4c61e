namespace Herald.Storage.Repair;

/// <summary>One rule as SQL.</summary>
/// <param name="Problem">What is wrong where it is broken.</param>
/// <param name="CountSql">How many rows break it.</param>
/// <param name="MendSql">Statements that put them right, the last of which touches as many rows as were wrong; empty where there is no telling.</param>
internal sealed record class RepairCheck(string Problem, string CountSql, params string[] MendSql);

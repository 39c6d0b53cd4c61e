namespace Orleans.Concurrency;

/// <summary>Lets a method of a grain interface run between the turns of any other call.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AlwaysInterleaveAttribute : Attribute;

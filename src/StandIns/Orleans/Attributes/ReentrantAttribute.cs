namespace Orleans.Concurrency;

/// <summary>Lets the turns of different calls of a grain interleave.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ReentrantAttribute : Attribute;

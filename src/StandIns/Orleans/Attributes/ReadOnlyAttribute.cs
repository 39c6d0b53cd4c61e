namespace Orleans.Concurrency;

/// <summary>Marks a method of a grain interface that changes nothing: it may interleave with others of this kind.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ReadOnlyAttribute : Attribute;

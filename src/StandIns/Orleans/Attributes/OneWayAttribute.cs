namespace Orleans.Concurrency;

/// <summary>Marks a method of a grain interface whose caller does not wait: neither its end nor its error comes back.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OneWayAttribute : Attribute;

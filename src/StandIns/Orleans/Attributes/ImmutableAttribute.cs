namespace Orleans;

/// <summary>Promises that instances never change. The real library then passes them without a copy; here nothing is copied.</summary>
[AttributeUsage(AttributeTargets.Struct | AttributeTargets.Class | AttributeTargets.Parameter | AttributeTargets.Property | AttributeTargets.Field)]
public sealed class ImmutableAttribute : Attribute;

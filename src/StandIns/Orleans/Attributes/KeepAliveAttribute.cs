namespace Orleans;

/// <summary>Keeps activations of this class from being collected for being idle.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class KeepAliveAttribute : Attribute;

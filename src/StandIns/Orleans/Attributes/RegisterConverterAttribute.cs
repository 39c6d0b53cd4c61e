namespace Orleans;

/// <summary>Registers a converter with the real library's serializer. No effect here.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct)]
public sealed class RegisterConverterAttribute : Attribute;

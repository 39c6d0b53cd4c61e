namespace Orleans;

/// <summary>Gives a type or method a name that outlives renaming. No effect here.</summary>
[AttributeUsage(
    AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Interface | AttributeTargets.Enum | AttributeTargets.Method)]
public sealed class AliasAttribute : Attribute
{
    /// <summary>Gives a name.</summary>
    /// <param name="alias">The name.</param>
    public AliasAttribute(string alias) => Alias = alias;

    /// <summary>The name.</summary>
    public string Alias { get; }
}

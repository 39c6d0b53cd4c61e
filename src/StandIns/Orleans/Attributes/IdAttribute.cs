namespace Orleans;

/// <summary>Numbers a serialized member. No effect here.</summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class IdAttribute : Attribute
{
    /// <summary>Numbers a member.</summary>
    /// <param name="id">The number, unique in its type.</param>
    public IdAttribute(uint id) => Id = id;

    /// <summary>The number.</summary>
    public uint Id { get; }
}

namespace Orleans.Runtime;

/// <summary>Says which stored state a constructor's <see cref="IPersistentState{TState}"/> is.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public class PersistentStateAttribute : Attribute
{
    /// <summary>Names a stored state.</summary>
    /// <param name="stateName">The state's name within the grain.</param>
    /// <param name="storageName">The storage provider's name; the default provider if left out.</param>
    public PersistentStateAttribute(string stateName, string? storageName = null)
    {
        ArgumentNullException.ThrowIfNull(stateName);
        StateName = stateName;
        StorageName = storageName;
    }

    /// <summary>The state's name within the grain.</summary>
    public string StateName { get; }

    /// <summary>The storage provider's name; null: the default provider.</summary>
    public string? StorageName { get; }
}

namespace Orleans.Configuration;

/// <summary>When idle activations are dropped.</summary>
public class GrainCollectionOptions
{
    /// <summary>The time between two searches for idle activations; positive. The default is one minute.</summary>
    public TimeSpan CollectionQuantum { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long an activation is idle before it is dropped; more than the quantum. The default is 15 minutes.</summary>
    public TimeSpan CollectionAge { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>The same for single classes, by full name.</summary>
    public Dictionary<string, TimeSpan> ClassSpecificCollectionAge { get; set; } = [];

    /// <summary>For how long a grain may take to activate. The default is 30 seconds.</summary>
    public TimeSpan ActivationTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>For how long a grain may take to deactivate before it is dropped all the same. The default is 30 seconds.</summary>
    public TimeSpan DeactivationTimeout { get; set; } = TimeSpan.FromSeconds(30);
}

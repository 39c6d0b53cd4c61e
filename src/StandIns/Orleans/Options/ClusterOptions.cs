namespace Orleans.Configuration;

/// <summary>Names of the cluster and of the service. No effect here: one process is one silo.</summary>
public class ClusterOptions
{
    /// <summary>The cluster's name.</summary>
    public string ClusterId { get; set; } = "default";

    /// <summary>The service's name.</summary>
    public string ServiceId { get; set; } = "default";
}

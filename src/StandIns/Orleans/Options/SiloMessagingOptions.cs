namespace Orleans.Configuration;

/// <summary>How a silo sends and accepts calls.</summary>
public class SiloMessagingOptions : MessagingOptions
{
    /// <summary>The number of running and waiting calls of one grain above which a warning is logged; 0: never. The default is 0.</summary>
    public int MaxEnqueuedRequestsSoftLimit { get; set; }

    /// <summary>
    /// The number of running and waiting calls of one grain above which further ones are refused with
    /// <see cref="Runtime.LimitExceededException"/>; 0: no limit. The default is 0.
    /// </summary>
    public int MaxEnqueuedRequestsHardLimit { get; set; }
}

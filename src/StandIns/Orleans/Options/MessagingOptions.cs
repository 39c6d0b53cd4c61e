namespace Orleans.Configuration;

/// <summary>How calls are sent.</summary>
public abstract class MessagingOptions
{
    /// <summary>For how long a caller waits for an answer; positive. The default is 30 seconds.</summary>
    public TimeSpan ResponseTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>True if a waiting call whose caller has given up is never begun. The default is true.</summary>
    public bool DropExpiredMessages { get; set; } = true;
}

namespace Orleans.Runtime;

/// <summary>A grain has too many calls waiting; the same call may succeed later.</summary>
public sealed class LimitExceededException : OrleansException
{
    /// <summary>Describes an error.</summary>
    public LimitExceededException()
        : base("Limit exceeded")
    {
    }

    /// <summary>Describes an error.</summary>
    /// <param name="message">What happened.</param>
    public LimitExceededException(string message)
        : base(message)
    {
    }

    /// <summary>Describes an error.</summary>
    /// <param name="message">What happened.</param>
    /// <param name="innerException">What it came from.</param>
    public LimitExceededException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Describes an error.</summary>
    /// <param name="limitName">The limit.</param>
    /// <param name="current">The value that exceeds it.</param>
    /// <param name="threshold">The value allowed.</param>
    /// <param name="extraInfo">What it is about.</param>
    public LimitExceededException(string limitName, int current, int threshold, object extraInfo)
        : base($"Limit exceeded {limitName} Current={current} Threshold={threshold} {extraInfo}")
    {
    }
}

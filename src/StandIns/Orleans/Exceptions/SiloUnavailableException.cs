namespace Orleans.Runtime;

/// <summary>A call was refused since the silo stops or has stopped.</summary>
public class SiloUnavailableException : OrleansMessageRejectionException
{
    /// <summary>Describes an error.</summary>
    public SiloUnavailableException()
        : base("SiloUnavailableException")
    {
    }

    /// <summary>Describes an error.</summary>
    /// <param name="message">What happened.</param>
    public SiloUnavailableException(string message)
        : base(message)
    {
    }
}

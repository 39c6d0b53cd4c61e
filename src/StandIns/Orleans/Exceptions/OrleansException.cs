namespace Orleans.Runtime;

/// <summary>The base of the errors of the runtime.</summary>
public class OrleansException : Exception
{
    /// <summary>Describes an error.</summary>
    public OrleansException()
        : base("Unexpected error.")
    {
    }

    /// <summary>Describes an error.</summary>
    /// <param name="message">What happened.</param>
    public OrleansException(string message)
        : base(message)
    {
    }

    /// <summary>Describes an error.</summary>
    /// <param name="message">What happened.</param>
    /// <param name="innerException">What it came from.</param>
    public OrleansException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}

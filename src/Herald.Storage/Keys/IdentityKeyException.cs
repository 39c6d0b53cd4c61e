namespace Herald.Storage.Keys;

/// <summary>
/// The key of the suppressions can't be had. Nothing may go on without it, and no new one may take its place: whoever opted out and was
/// erased would be forgotten. The message says what to do.
/// </summary>
public sealed class IdentityKeyException : Exception
{
    /// <summary>Tells what is wrong.</summary>
    public IdentityKeyException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Tells what is wrong.</summary>
    public IdentityKeyException(string message)
        : base(message)
    {
    }

    /// <summary>Tells nothing.</summary>
    public IdentityKeyException()
    {
    }
}

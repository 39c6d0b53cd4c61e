using Orleans.Runtime;

namespace Orleans.Storage;

/// <summary>A grain asks for a storage provider that is not configured.</summary>
public class BadGrainStorageConfigException : OrleansException
{
    /// <summary>Describes an error.</summary>
    /// <param name="msg">What is wrong.</param>
    public BadGrainStorageConfigException(string msg)
        : base(msg)
    {
    }
}

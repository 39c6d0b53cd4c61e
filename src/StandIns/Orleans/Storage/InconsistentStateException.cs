using Orleans.Runtime;

namespace Orleans.Storage;

/// <summary>A state was written by somebody else since it was read. The activation that fails with it is dropped.</summary>
public class InconsistentStateException : OrleansException
{
    /// <summary>Describes a lost write.</summary>
    public InconsistentStateException()
    {
    }

    /// <summary>Describes a lost write.</summary>
    /// <param name="message">What happened.</param>
    public InconsistentStateException(string message)
        : base(message)
    {
    }

    /// <summary>Describes a lost write.</summary>
    /// <param name="message">What happened.</param>
    /// <param name="innerException">What it came from.</param>
    public InconsistentStateException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Describes a lost write.</summary>
    /// <param name="errorMsg">What happened.</param>
    /// <param name="storedEtag">The version in the store.</param>
    /// <param name="currentEtag">The version that the grain had read.</param>
    public InconsistentStateException(string errorMsg, string storedEtag, string currentEtag)
        : base(errorMsg)
    {
        StoredEtag = storedEtag;
        CurrentEtag = currentEtag;
    }

    /// <summary>The version in the store.</summary>
    public string StoredEtag { get; } = "";

    /// <summary>The version that the grain had read.</summary>
    public string CurrentEtag { get; } = "";

    /// <summary>True until the activation that lost the write has been marked to be dropped, so that its callers are not.</summary>
    internal bool IsSourceActivation { get; set; } = true;
}

namespace Orleans;

/// <summary>Why an activation is dropped.</summary>
public readonly struct DeactivationReason
{
    /// <summary>Describes a reason.</summary>
    /// <param name="code">The kind.</param>
    /// <param name="text">The reason in words.</param>
    public DeactivationReason(DeactivationReasonCode code, string text)
        : this(code, null, text)
    {
    }

    /// <summary>Describes a reason.</summary>
    /// <param name="code">The kind.</param>
    /// <param name="exception">The error behind it, if any.</param>
    /// <param name="text">The reason in words.</param>
    public DeactivationReason(DeactivationReasonCode code, Exception? exception, string text)
    {
        ReasonCode = code;
        Exception = exception;
        Description = text;
    }

    /// <summary>The kind.</summary>
    public DeactivationReasonCode ReasonCode { get; }

    /// <summary>The reason in words.</summary>
    public string Description { get; }

    /// <summary>The error behind it, if any.</summary>
    public Exception? Exception { get; }

    /// <summary>Writes kind and words.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => $"{ReasonCode}: {Description}.";
}

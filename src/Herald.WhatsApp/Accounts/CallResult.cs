using System.Diagnostics.CodeAnalysis;

namespace Herald.WhatsApp.Accounts;

/// <summary>What became of a management call: a value, or a failure.</summary>
/// <typeparam name="T">What Meta answers.</typeparam>
public sealed record CallResult<T>
    where T : class
{
    /// <summary>A call that Meta answered.</summary>
    /// <param name="value">The answer.</param>
    public CallResult(T value)
    {
        ArgumentNullException.ThrowIfNull(value);
        Value = value;
    }

    /// <summary>A call that failed.</summary>
    /// <param name="failure">Why.</param>
    public CallResult(CallFailure failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        Failure = failure;
    }

    /// <summary>Meta's answer, or null if the call failed.</summary>
    public T? Value { get; }

    /// <summary>Why the call failed, or null if it did not.</summary>
    public CallFailure? Failure { get; }

    /// <summary>Whether there is a <see cref="Value"/>; if not, there is a <see cref="Failure"/>.</summary>
    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Failure))]
    public bool IsSuccess => Value is not null;
}

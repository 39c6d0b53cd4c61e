using Herald.WhatsApp.Errors;

namespace Herald.WhatsApp.Accounts;

/// <summary>Why a management call has no value: refused, unknown outcome or not sent; exactly one of the three members is set.</summary>
public sealed record CallFailure
{
    private CallFailure()
    {
    }

    /// <summary>Meta's refusal, or null.</summary>
    public MetaFailure? Refusal { get; private init; }

    /// <summary>Why the outcome is not known, or null. A call that changes something may have changed it.</summary>
    public UnknownKind? Unknown { get; private init; }

    /// <summary>Why the request never left this machine, or null.</summary>
    public NotSentKind? NotSent { get; private init; }

    /// <summary>Meta refused.</summary>
    /// <param name="refusal">The refusal.</param>
    /// <returns>The failure.</returns>
    public static CallFailure Refused(MetaFailure refusal)
    {
        ArgumentNullException.ThrowIfNull(refusal);
        return new CallFailure { Refusal = refusal };
    }

    /// <summary>The outcome is not known.</summary>
    /// <param name="kind">Why.</param>
    /// <returns>The failure.</returns>
    public static CallFailure OutcomeUnknown(UnknownKind kind) => new() { Unknown = kind };

    /// <summary>Nothing was sent.</summary>
    /// <param name="kind">Why.</param>
    /// <returns>The failure.</returns>
    public static CallFailure NeverSent(NotSentKind kind) => new() { NotSent = kind };
}

using System.Diagnostics.CodeAnalysis;

namespace Herald.Domain;

/// <summary>What a rule answers: accepted with the changes to store, or rejected with a reason. An expected refusal is never an exception.</summary>
/// <typeparam name="TChange">What is to be stored or done when it is accepted.</typeparam>
public sealed class Decision<TChange>
    where TChange : notnull
{
    internal Decision(TChange? change, Rejection? rejection)
    {
        Change = change;
        Rejection = rejection;
    }

    /// <summary>True if it was accepted.</summary>
    [MemberNotNullWhen(true, nameof(Change))]
    [MemberNotNullWhen(false, nameof(Rejection))]
    public bool IsAccepted => Rejection is null;

    /// <summary>The changes; meaningful only if accepted.</summary>
    public TChange? Change { get; }

    /// <summary>Why it was refused; null if accepted.</summary>
    public Rejection? Rejection { get; }

    /// <inheritdoc/>
    public override string ToString() => IsAccepted ? $"Accepted: {Change}" : $"Rejected: {Rejection.Reason}: {Rejection.Text}";
}

/// <summary>Makes decisions.</summary>
public static class Decision
{
    /// <summary>An accepted decision with its changes.</summary>
    public static Decision<TChange> Accept<TChange>(TChange change)
        where TChange : notnull
    {
        ArgumentNullException.ThrowIfNull(change);
        return new Decision<TChange>(change, null);
    }

    /// <summary>A refusal that no other state would change.</summary>
    public static Decision<TChange> Reject<TChange>(RejectionReason reason, string text)
        where TChange : notnull =>
        new(default, new Rejection(reason, text, []));

    /// <summary>A refusal because of the present state, with the states in which it would be allowed.</summary>
    public static Decision<TChange> Reject<TChange>(RejectionReason reason, string text, IReadOnlyList<string> allowedStates)
        where TChange : notnull =>
        new(default, new Rejection(reason, text, allowedStates));
}

namespace Herald.Simulator;

/// <summary>What one person does; a null member leaves the shares of <see cref="BehaviourOptions"/> in force.</summary>
public sealed record RecipientBehaviour
{
    /// <summary>Code of the <c>failed</c> status of each message to this person. 0: never fails.</summary>
    public int? FailWith { get; init; }

    /// <summary>Code with which each call that sends to this person is refused, before it is looked at. Null: none.</summary>
    public int? RefuseWith { get; init; }

    /// <summary>The subcode of <see cref="RefuseWith"/>; null: none.</summary>
    public int? RefuseSubcode { get; init; }

    /// <summary>HTTP status of <see cref="RefuseWith"/>, 400 to 599; null: the usual one of the code.</summary>
    public int? RefuseHttpStatus { get; init; }

    /// <summary>Whether messages are delivered.</summary>
    public bool? Delivers { get; init; }

    /// <summary>Whether messages are read.</summary>
    public bool? Reads { get; init; }

    /// <summary>The answer to each template message; <see cref="ReplyRule.Share"/> is ignored.</summary>
    public ReplyRule? Reply { get; init; }

    /// <summary>True: never answers by itself.</summary>
    public bool Silent { get; init; }
}

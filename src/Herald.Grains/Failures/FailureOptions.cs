namespace Herald.Grains.Failures;

/// <summary>How often a message is tried. Section <c>Herald:Delivery</c>.</summary>
public sealed class FailureOptions
{
    /// <summary>
    /// How often one message is handed to Meta before a refusal that would pass fails it for good; 1 to 20, default 6. An attempt without a request does
    /// not count (no connection, waiting for a contact's turn, given back by a node that stops), nor one that was refused because a sender or a
    /// template is stopped; but a refusal that stops only a sender's marketing (131048) counts for other messages.
    /// </summary>
    public int AttemptsMax { get; set; } = 6;

    /// <summary>
    /// Whether marketing that Meta withheld from a person (131049) is tried again, a day and more later and at most three times in seven days;
    /// default true. A campaign runs as long as one of its messages waits for that.
    /// </summary>
    public bool RetryWithheldMarketing { get; set; } = true;
}

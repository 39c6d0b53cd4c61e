namespace Herald.Grains.Failures;

/// <summary>How often a message is tried. Section <c>Herald:Delivery</c>.</summary>
public sealed class FailureOptions
{
    /// <summary>Attempts of one message that Meta refused for a while before it fails for good; 1 to 20, default 6.</summary>
    public int AttemptsMax { get; set; } = 6;

    /// <summary>
    /// Whether marketing that Meta withheld from a person (131049) is tried again, a day and more later and at most three times in seven days;
    /// default true. A campaign runs as long as one of its messages waits for that.
    /// </summary>
    public bool RetryWithheldMarketing { get; set; } = true;
}

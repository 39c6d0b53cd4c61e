namespace Herald.Domain.Messages;

/// <summary>
/// What is said of a message that could not go: a sentence of Herald's, and what was found wrong with this very message. Stored as one text, the
/// detail on a line of its own.
/// </summary>
/// <param name="Explanation">A sentence for people, on one line; empty if there is none.</param>
/// <param name="Detail">What was said or found of this message, on one line; empty if that is no more than the explanation. No phone, token or message text.</param>
public readonly record struct FailureText(string Explanation, string Detail)
{
    private const char Border = '\n';

    /// <summary>The stored form.</summary>
    public string ToStored() => Detail.Length == 0 || Detail == Explanation ? Explanation : $"{Explanation}{Border}{Detail}";

    /// <summary>Reads the stored form; a text without a second line is an explanation alone.</summary>
    public static FailureText Read(string stored)
    {
        ArgumentNullException.ThrowIfNull(stored);
        var border = stored.IndexOf(Border, StringComparison.Ordinal);
        return border < 0 ? new FailureText(stored, "") : new FailureText(stored[..border], stored[(border + 1)..]);
    }
}

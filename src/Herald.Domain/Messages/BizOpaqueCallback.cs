namespace Herald.Domain.Messages;

/// <summary>
/// The text that Herald sends with each message as <c>biz_opaque_callback_data</c> and that comes back in each of its
/// statuses: <c>herald:</c> and the message id. It settles a message even when the answer to the request was lost.
/// </summary>
public static class BizOpaqueCallback
{
    private const string Prefix = "herald:";

    /// <summary>The text for a message, 43 characters.</summary>
    public static string Format(MessageId id) => Prefix + id;

    /// <summary>Reads the text of a status. False for null and for texts that other programs on the same number put there.</summary>
    public static bool TryParse(string? text, out MessageId id)
    {
        id = default;
        return text is not null
            && text.StartsWith(Prefix, StringComparison.Ordinal)
            && MessageId.TryParse(text[Prefix.Length..], out id);
    }
}

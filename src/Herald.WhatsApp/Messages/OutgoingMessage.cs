namespace Herald.WhatsApp.Messages;

/// <summary>One message to one recipient.</summary>
/// <param name="To">Whom it goes to.</param>
/// <param name="Content">What it says.</param>
public sealed record OutgoingMessage(Recipient To, MessageContent Content)
{
    /// <summary>
    /// At most 512 characters that Meta repeats in every status webhook of this message and never shows to the person; the only way to learn
    /// what became of a send whose answer was lost. Null: none.
    /// </summary>
    public string? CallbackData { get; init; }

    /// <summary>Id of the message this one answers, shown as a quotation; ignored by Meta for templates. Null: none.</summary>
    public string? ContextMessageId { get; init; }

    /// <summary>
    /// Asked once, when the connection stands and before the first byte of the message is written. False withholds it: the result is
    /// <see cref="SendResult.NotSent"/> with <see cref="NotSentKind.Withheld"/>. It must return at once and not throw. Null: it may leave.
    /// </summary>
    public Func<bool>? MayLeave { get; init; }

    /// <summary>The kind only.</summary>
    /// <returns>The content's kind.</returns>
    public override string ToString() => $"OutgoingMessage({Content})";
}

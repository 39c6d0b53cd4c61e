using Herald.Domain.Control;

namespace Herald.Grains.Control;

/// <summary>What a conversation keeps between turns.</summary>
public sealed class ControlSessionDocument
{
    /// <summary>Where the conversation stands.</summary>
    public ControlSessionState Conversation { get; set; } = new();

    /// <summary>WhatsApp's ids of the last messages taken, newest last; at most <see cref="HandledMax"/>.</summary>
    public List<string> Handled { get; set; } = [];

    /// <summary>
    /// The replies to the newest message, as stored message content: an outbox, so that a crash between writing this document and queueing
    /// them loses none. Emptied by the next turn.
    /// </summary>
    public List<string> Replies { get; set; } = [];

    /// <summary>How many message ids are remembered.</summary>
    public const int HandledMax = 50;
}

namespace Herald.Simulator;

/// <summary>A body on its way to a receiver; repetitions carry the same bytes, to the receiver of that time.</summary>
internal sealed class WebhookBatch(IReadOnlyList<WebhookUpdate> updates, byte[] body, long generation)
{
    public IReadOnlyList<WebhookUpdate> Updates => updates;

    public byte[] Body => body;

    /// <summary>The count of resets before it was made.</summary>
    public long Generation => generation;

    public int Attempts { get; set; }

    public DateTimeOffset? FirstAttemptAt { get; set; }
}

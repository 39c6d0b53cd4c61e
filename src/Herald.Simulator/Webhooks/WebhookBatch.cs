namespace Herald.Simulator;

/// <summary>A body on its way to a receiver; repetitions carry the same bytes.</summary>
internal sealed class WebhookBatch(WebhookTarget target, IReadOnlyList<WebhookUpdate> updates, byte[] body)
{
    public WebhookTarget Target => target;

    public IReadOnlyList<WebhookUpdate> Updates => updates;

    public byte[] Body => body;

    public int Attempts { get; set; }

    public DateTimeOffset? FirstAttemptAt { get; set; }
}

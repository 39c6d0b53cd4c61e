namespace Herald.WhatsApp.Webhooks;

/// <summary>A message from a person. May come several times with the same <see cref="Wamid"/>.</summary>
/// <param name="Wamid">Meta's message id.</param>
/// <param name="Content">What the person wrote or tapped.</param>
public sealed record InboundMessageChange(string Wamid, InboundContent Content) : WebhookChange
{
    /// <summary>The person's phone number as digits, or null if hidden.</summary>
    public string? FromPhone { get; init; }

    /// <summary>The person's business-scoped user id, or null.</summary>
    public string? FromUserId { get; init; }

    /// <summary>The person's id across linked portfolios, or null.</summary>
    public string? ParentUserId { get; init; }

    /// <summary>The name the person shows, or null.</summary>
    public string? ProfileName { get; init; }

    /// <summary>The person's username as written, or null.</summary>
    public string? Username { get; init; }

    /// <summary>When it was written, to the second; null if the payload does not say.</summary>
    public DateTimeOffset? Time { get; init; }

    /// <summary>Id of the message it answers, or null.</summary>
    public string? ContextMessageId { get; init; }

    /// <summary>Id of the group it was written in, or null for an ordinary chat.</summary>
    public string? GroupId { get; init; }
}

namespace Herald.WhatsApp.Webhooks;

/// <summary>Meta changed what an account or one of its numbers may do.</summary>
/// <param name="Kind">What changed.</param>
/// <param name="Event">Meta's word in upper case, such as ACCOUNT_RESTRICTION or UNFLAGGED.</param>
public sealed record AccountChange(AccountChangeKind Kind, string Event) : WebhookChange
{
    /// <summary>The number that it is about as Meta writes it; null when it is about the whole account.</summary>
    public string? DisplayPhoneNumber { get; init; }

    /// <summary>When a restriction ends by itself; null when Meta does not say.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>When the webhook was made, to the second; null if the payload does not say.</summary>
    public DateTimeOffset? Time { get; init; }
}

namespace Herald.WhatsApp.Webhooks;

/// <summary>A person switched marketing from this sender off or on in WhatsApp.</summary>
/// <param name="Preference">The choice.</param>
public sealed record UserPreferenceChange(MarketingPreference Preference) : WebhookChange
{
    /// <summary>Meta's own word for the choice, as written.</summary>
    public required string PreferenceName { get; init; }

    /// <summary>What the choice is about, normally <c>marketing_messages</c>; null if the payload does not say.</summary>
    public string? Category { get; init; }

    /// <summary>The person's phone number as digits, or null if hidden.</summary>
    public string? Phone { get; init; }

    /// <summary>The person's business-scoped user id, or null.</summary>
    public string? UserId { get; init; }

    /// <summary>The person's id across linked portfolios, or null.</summary>
    public string? ParentUserId { get; init; }

    /// <summary>When it was chosen, to the second; null if the payload does not say.</summary>
    public DateTimeOffset? Time { get; init; }
}

namespace Herald.WhatsApp.Webhooks;

/// <summary>Meta told how many different people the portfolio of an account may reach in a moving day.</summary>
/// <param name="PeopleMax">The limit; null when there is none.</param>
public sealed record PortfolioLimitChange(int? PeopleMax) : WebhookChange
{
    /// <summary>When the webhook was made, to the second; null if the payload does not say.</summary>
    public DateTimeOffset? Time { get; init; }
}

namespace Herald.WhatsApp.Webhooks;

/// <summary>
/// One thing that a webhook delivery tells: a <see cref="MessageStatusChange"/>, an <see cref="InboundMessageChange"/>, a
/// <see cref="UserPreferenceChange"/>, a <see cref="TemplateStatusChange"/>, an <see cref="AccountChange"/>, a
/// <see cref="PortfolioLimitChange"/>, an <see cref="UnknownChange"/> or a <see cref="MalformedChange"/>.
/// One delivery may carry changes of several tenants, so each has its own ids to be routed by.
/// </summary>
public abstract record WebhookChange
{
    private protected WebhookChange()
    {
    }

    /// <summary>Id of the WhatsApp Business Account, or null if the payload does not say.</summary>
    public string? WabaId { get; init; }

    /// <summary>Id of the receiving phone number, or null for changes that concern an account or whose payload does not say.</summary>
    public string? PhoneNumberId { get; init; }

    /// <summary>The kind only; payloads carry personal data.</summary>
    /// <returns>The type's name.</returns>
    public sealed override string ToString() => GetType().Name;
}

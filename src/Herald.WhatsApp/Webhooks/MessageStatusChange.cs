using Herald.WhatsApp.Errors;

namespace Herald.WhatsApp.Webhooks;

/// <summary>What became of a message we sent. Statuses repeat, skip steps and come in any order.</summary>
/// <param name="Wamid">Meta's message id.</param>
/// <param name="Status">The status.</param>
public sealed record MessageStatusChange(string Wamid, DeliveryStatus Status) : WebhookChange
{
    /// <summary>Meta's own word for the status, as written.</summary>
    public required string StatusName { get; init; }

    /// <summary>When it happened, to the second; null if the payload does not say.</summary>
    public DateTimeOffset? Time { get; init; }

    /// <summary>What we gave along with the send, or null.</summary>
    public string? CallbackData { get; init; }

    /// <summary>The person's phone number as digits, or null if hidden.</summary>
    public string? RecipientPhone { get; init; }

    /// <summary>The person's business-scoped user id, or null.</summary>
    public string? RecipientUserId { get; init; }

    /// <summary>Meta's code of the first error, or null.</summary>
    public int? ErrorCode { get; init; }

    /// <summary>Meta's title of the first error, or null.</summary>
    public string? ErrorTitle { get; init; }

    /// <summary>Meta's details of the first error, or null. May quote personal data.</summary>
    public string? ErrorDetails { get; init; }

    /// <summary>Meta's most useful words about the first error, without what they may quote; empty without any.</summary>
    public string ErrorWordsWithoutValues => MetaWords.WithoutValues(ErrorDetails ?? ErrorTitle);

    /// <summary>The price category, such as marketing, or null.</summary>
    public string? PricingCategory { get; init; }

    /// <summary>The price type, such as regular or free_customer_service, or null.</summary>
    public string? PricingType { get; init; }

    /// <summary>The row of the table of errors for a failed message; null for other statuses.</summary>
    public MetaError? Error => Status == DeliveryStatus.Failed ? MetaErrors.ForStatus(ErrorCode) : null;
}

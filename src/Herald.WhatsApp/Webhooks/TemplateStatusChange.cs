using Herald.Domain.Templates;
using Herald.WhatsApp.Templates;

namespace Herald.WhatsApp.Webhooks;

/// <summary>Meta decided something about a template.</summary>
/// <param name="Event">Meta's word in upper case, such as APPROVED, REJECTED, PAUSED or FLAGGED.</param>
public sealed record TemplateStatusChange(string Event) : WebhookChange
{
    /// <summary>Meta's id of the template, or null.</summary>
    public string? TemplateId { get; init; }

    /// <summary>The template's name, or null.</summary>
    public string? Name { get; init; }

    /// <summary>The template's language with an underscore, such as <c>en_US</c>; or null.</summary>
    public string? Language { get; init; }

    /// <summary>Why, such as INVALID_FORMAT; null if Meta gives none.</summary>
    public string? Reason { get; init; }

    /// <summary>Meta's word for the category, or null.</summary>
    public string? Category { get; init; }

    /// <summary>What kind of pause, such as FIRST_PAUSE or RATE_LIMITING_PAUSE; or null.</summary>
    public string? PauseTitle { get; init; }

    /// <summary>When the webhook was made, to the second; null if the payload does not say.</summary>
    public DateTimeOffset? Time { get; init; }

    /// <summary>The state that follows, or null for an event that leaves the state as it is.</summary>
    public TemplateState? State => TemplateWords.ToState(Event);
}

using Herald.Domain.Templates;

namespace Herald.WhatsApp.Webhooks;

/// <summary>Meta put a template into another category, or announced that it will.</summary>
public sealed record TemplateCategoryChange : WebhookChange
{
    /// <summary>Meta's id of the template, or null.</summary>
    public string? TemplateId { get; init; }

    /// <summary>The template's name, or null.</summary>
    public string? Name { get; init; }

    /// <summary>The template's language with an underscore, such as <c>en_US</c>; or null.</summary>
    public string? Language { get; init; }

    /// <summary>The category before; null if Meta does not tell, or has a word for it that is not known.</summary>
    public TemplateCategory? Previous { get; init; }

    /// <summary>The category that holds now; null if Meta does not tell, or has a word for it that is not known.</summary>
    public TemplateCategory? Present { get; init; }

    /// <summary>The category that Meta announces; null if this is no announcement.</summary>
    public TemplateCategory? Announced { get; init; }

    /// <summary>When the webhook was made, to the second; null if the payload does not say.</summary>
    public DateTimeOffset? Time { get; init; }
}

using Herald.WhatsApp.Templates;

namespace Herald.WhatsApp.Accounts;

/// <summary>A template as Meta lists it.</summary>
/// <param name="TemplateId">Meta's id.</param>
/// <param name="Definition">The template. Category and language are empty if they were not among the fields.</param>
public sealed record TemplateInfo(string TemplateId, TemplateDefinition Definition)
{
    /// <summary>Meta's word for the status, upper case; empty if it was not among the fields. See <see cref="TemplateWords.ToState"/>.</summary>
    public string Status { get; init; } = "";

    /// <summary>GREEN, YELLOW, RED or UNKNOWN; null if Meta does not say.</summary>
    public string? QualityScore { get; init; }

    /// <summary>Why the review rejected it, such as INVALID_FORMAT; null if it did not.</summary>
    public string? RejectedReason { get; init; }

    /// <summary>The category before Meta changed it, or null.</summary>
    public string? PreviousCategory { get; init; }

    /// <summary>The category Meta is going to give it, or null.</summary>
    public string? CorrectCategory { get; init; }
}

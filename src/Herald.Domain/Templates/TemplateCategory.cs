namespace Herald.Domain.Templates;

/// <summary>Meta's category of a template, which decides price and consent.</summary>
public enum TemplateCategory
{
    /// <summary>Anything promotional or mixed; needs a recorded opt-in.</summary>
    Marketing = 1,

    /// <summary>Specific to, or asked for by, the recipient.</summary>
    Utility = 2,

    /// <summary>One-time codes only.</summary>
    Authentication = 3,
}

namespace Herald.WhatsApp.Accounts;

/// <summary>Which templates to list.</summary>
public sealed record TemplateQuery
{
    /// <summary>The default of <see cref="Limit"/>.</summary>
    public const int DefaultLimit = 100;

    /// <summary>Templates a page, 1 to 1000. Default 100.</summary>
    public int Limit { get; init; } = DefaultLimit;

    /// <summary>Cursor from <see cref="Page{T}.After"/>; null for the first page.</summary>
    public string? After { get; init; }

    /// <summary>Only templates of this name (Meta also matches parts of names), or null.</summary>
    public string? Name { get; init; }

    /// <summary>Only templates of this status, or null.</summary>
    public string? Status { get; init; }

    /// <summary>Only templates of this language, or null.</summary>
    public string? Language { get; init; }
}

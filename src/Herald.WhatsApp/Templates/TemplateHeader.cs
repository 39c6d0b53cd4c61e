namespace Herald.WhatsApp.Templates;

/// <summary>A template's header.</summary>
/// <param name="Format">What it shows.</param>
public sealed record TemplateHeader(HeaderFormat Format)
{
    /// <summary>Meta's own word for the format, in upper case.</summary>
    public string FormatName { get; init; } = Format.ToString().ToUpperInvariant();

    /// <summary>At most 60 code points with at most one variable; null for other formats than text.</summary>
    public string? Text { get; init; }

    /// <summary>The example of the text's variable, or null.</summary>
    public TemplateExample? Example { get; init; }

    /// <summary>Handle of an uploaded sample (when created) or a temporary address of it (when read back), for media; or null.</summary>
    public string? MediaExample { get; init; }
}

namespace Herald.WhatsApp.Templates;

/// <summary>A template's button.</summary>
/// <param name="Type">What it does.</param>
public sealed record TemplateButton(TemplateButtonType Type)
{
    /// <summary>Meta's own word for the type, in upper case.</summary>
    public string TypeName { get; init; } = TemplateWords.NameOf(Type);

    /// <summary>The label, at most 25 code points; null where Meta fixes it.</summary>
    public string? Text { get; init; }

    /// <summary>The address, at most 2000 characters with at most one variable at its end; null for other types than Url.</summary>
    public string? Url { get; init; }

    /// <summary>The number, at most 20 characters; null for other types than PhoneNumber.</summary>
    public string? PhoneNumber { get; init; }

    /// <summary>The example of the address's variable, or of the code; or null.</summary>
    public string? Example { get; init; }

    /// <summary>The button as Meta wrote it, for types Otp and Other, which are passed on unchanged; else null.</summary>
    public string? Json { get; init; }
}

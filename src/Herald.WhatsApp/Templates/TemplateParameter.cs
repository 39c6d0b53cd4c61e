namespace Herald.WhatsApp.Templates;

/// <summary>One value that a send of a template takes.</summary>
/// <param name="Key">
/// The name under which the value is given: the variable's name or number for the body (<c>first_name</c>, <c>1</c>); <c>header.1</c> for a numbered
/// variable of the header, its name for a named one; <c>header</c> for the header's media; <c>button.0</c> for the first button.
/// A name that stands in header and body is one key in two places.
/// </param>
/// <param name="Place">Where it goes.</param>
/// <param name="IsRequired">Whether Meta refuses a send without it. Only payloads are optional.</param>
public sealed record TemplateParameter(string Key, ParameterPlace Place, bool IsRequired)
{
    /// <summary>The button's place among all buttons from 0; null for header and body.</summary>
    public int? ButtonIndex { get; init; }

    /// <summary>The example given with the template, or null.</summary>
    public string? Example { get; init; }
}

namespace Herald.WhatsApp.Templates;

/// <summary>An example value, which Meta's review wants for each variable.</summary>
/// <param name="Variable">Name or number of the variable.</param>
/// <param name="Value">The example.</param>
public sealed record TemplateExample(string Variable, string Value);

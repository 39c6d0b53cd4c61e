using Herald.WhatsApp.Messages;

namespace Herald.WhatsApp.Templates;

/// <summary>The outcome of filling a template: a content, or why there is none.</summary>
/// <param name="Content">What can be sent, or null if there are violations.</param>
/// <param name="Violations">What is missing or wrong, by <see cref="TemplateParameter.Key"/>; empty if there is a content.</param>
public sealed record TemplateFill(TemplateContent? Content, IReadOnlyList<Violation> Violations);

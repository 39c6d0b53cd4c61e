using Herald.Domain.Templates;

namespace Herald.Domain.Control;

/// <summary>What an owner is told of a template.</summary>
/// <param name="Name">Its name at Meta.</param>
/// <param name="Language">Its language, as Meta writes it.</param>
/// <param name="Category">Its category.</param>
/// <param name="State">Its state.</param>
public sealed record TemplateCard(string Name, string Language, TemplateCategory Category, TemplateState State);

namespace Herald.WhatsApp.Accounts;

/// <summary>Meta's answer to a new template.</summary>
/// <param name="TemplateId">Meta's id.</param>
/// <param name="Status">Meta's word for the status: mostly PENDING, but APPROVED and REJECTED come at once too.</param>
/// <param name="Category">Meta's word for the category, which may differ from the one asked for; or null.</param>
public sealed record TemplateCreated(string TemplateId, string Status, string? Category);

namespace Herald.WhatsApp.Templates;

/// <summary>A component that Herald keeps but does not fill, such as a carousel.</summary>
/// <param name="Type">Meta's word for it, in upper case.</param>
/// <param name="Json">The component as Meta wrote it.</param>
public sealed record OtherComponent(string Type, string Json);

namespace Herald.WhatsApp.Webhooks;

/// <summary>A text the person wrote.</summary>
/// <param name="Body">The text as written, possibly empty.</param>
public sealed record InboundText(string Body) : InboundContent;

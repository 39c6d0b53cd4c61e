namespace Herald.WhatsApp.Webhooks;

/// <summary>A tap on a template's quick reply, the usual way to opt out.</summary>
/// <param name="Payload">The payload given with the send, or the button's text; null if the payload lacks it.</param>
/// <param name="Text">The button's label, or null if the payload lacks it.</param>
public sealed record InboundTemplateButton(string? Payload, string? Text) : InboundContent;

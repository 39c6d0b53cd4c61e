namespace Herald.WhatsApp.Webhooks;

/// <summary>Something else: a picture, a location, a reaction, a system message.</summary>
/// <param name="Type">Meta's word for it, such as <c>image</c> or <c>interactive/nfm_reply</c>; <c>unknown</c> if the payload does not say.</param>
public sealed record InboundOther(string Type) : InboundContent;

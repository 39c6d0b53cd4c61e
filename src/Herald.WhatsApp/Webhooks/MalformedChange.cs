namespace Herald.WhatsApp.Webhooks;

/// <summary>Something that lacks what makes it readable; the rest of the delivery is not affected.</summary>
/// <param name="Field">Meta's word for the field; empty if the delivery as a whole is unreadable.</param>
/// <param name="Problem">What is wrong, without a value of the payload.</param>
public sealed record MalformedChange(string Field, string Problem) : WebhookChange;

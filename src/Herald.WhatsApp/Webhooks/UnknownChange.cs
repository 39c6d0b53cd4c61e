namespace Herald.WhatsApp.Webhooks;

/// <summary>Something that is well-formed but not read here; it is counted and kept.</summary>
/// <param name="Field">Meta's word for the field, such as <c>account_update</c>.</param>
/// <param name="Kind">What within the field, such as an event's name; empty if it cannot be told.</param>
public sealed record UnknownChange(string Field, string Kind) : WebhookChange;

namespace Herald.WhatsApp.Webhooks;

/// <summary>A tap on a reply button of an interactive message.</summary>
/// <param name="Id">The button's id.</param>
/// <param name="Title">The button's label, or null if the payload lacks it.</param>
public sealed record InboundButtonReply(string Id, string? Title) : InboundContent;

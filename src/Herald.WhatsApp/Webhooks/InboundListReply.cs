namespace Herald.WhatsApp.Webhooks;

/// <summary>A row chosen from a list message.</summary>
/// <param name="Id">The row's id.</param>
/// <param name="Title">The row's title, or null if the payload lacks it.</param>
public sealed record InboundListReply(string Id, string? Title) : InboundContent;

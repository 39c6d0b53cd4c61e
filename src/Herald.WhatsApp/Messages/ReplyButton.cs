namespace Herald.WhatsApp.Messages;

/// <summary>A button that answers with its id when it is tapped.</summary>
/// <param name="Id">Comes back in the webhook; 1 to 256 code points, unique in the message.</param>
/// <param name="Title">What the person sees; 1 to 20 code points, unique in the message.</param>
public sealed record ReplyButton(string Id, string Title);

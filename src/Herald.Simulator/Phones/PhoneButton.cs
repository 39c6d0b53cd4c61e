namespace Herald.Simulator;

/// <summary>A button under a message.</summary>
/// <param name="Id">Id of a reply button, payload of a template's quick reply (its label if none was sent), or the link.</param>
/// <param name="Title">Its label.</param>
/// <param name="Kind"><c>reply</c>, <c>quick_reply</c>, <c>url</c>, <c>phone_number</c>, <c>copy_code</c> and the like, in lower case.</param>
public sealed record PhoneButton(string Id, string Title, string Kind);

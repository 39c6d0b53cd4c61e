namespace Herald.WhatsApp.Accounts;

/// <summary>One page of a list at Meta.</summary>
/// <typeparam name="T">What is listed.</typeparam>
/// <param name="Items">The items, in Meta's order.</param>
/// <param name="After">Cursor of the next page; null on the last.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? After);

namespace Herald.WhatsApp;

/// <summary>One rule of Meta's that a message or a template breaks. It never carries the offending value.</summary>
/// <param name="Field">Path of the field, such as <c>body</c>, <c>buttons[1].title</c> or <c>sections[0].rows[2].id</c>.</param>
/// <param name="Rule">The rule as a sentence part that a person can read, such as "must be 1 to 20 characters long".</param>
public sealed record Violation(string Field, string Rule)
{
    /// <summary>Whether something is missing, rather than there and wrong.</summary>
    public bool IsMissing { get; init; }
}

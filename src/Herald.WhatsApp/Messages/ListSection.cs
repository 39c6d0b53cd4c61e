namespace Herald.WhatsApp.Messages;

/// <summary>A group of rows.</summary>
/// <param name="Title">At most 24 code points; may be null only if the list has a single section.</param>
/// <param name="Rows">The rows; at most 10 in all sections together.</param>
public sealed record ListSection(string? Title, IReadOnlyList<ListRow> Rows)
{
    /// <inheritdoc/>
    public bool Equals(ListSection? other) => other is not null && Title == other.Title && Rows.SequenceEqual(other.Rows);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Title, Rows.Count);
}

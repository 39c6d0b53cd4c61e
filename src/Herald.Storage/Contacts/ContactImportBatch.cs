using Herald.Domain.Contacts;

namespace Herald.Storage.Contacts;

/// <summary>Contacts to be added or updated together.</summary>
public sealed record class ContactImportBatch
{
    /// <summary>The list that all rows become members of; null for none. It must exist.</summary>
    public required ContactListId? ListId { get; init; }

    /// <summary>The rows, at most 10,000.</summary>
    public required IReadOnlyList<ContactImportRow> Rows { get; init; }

    /// <summary>The time of creation, update and consent record.</summary>
    public required DateTimeOffset Now { get; init; }
}

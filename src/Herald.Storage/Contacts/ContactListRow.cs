using Herald.Domain.Contacts;
using Herald.Domain.Tenants;

namespace Herald.Storage.Contacts;

/// <summary>A named list of contacts as stored.</summary>
public sealed record class ContactListRow
{
    /// <summary>The tenant.</summary>
    public required TenantId TenantId { get; init; }

    /// <summary>The list.</summary>
    public required ContactListId ListId { get; init; }

    /// <summary>The name that people read.</summary>
    public required string DisplayName { get; init; }

    /// <summary>How many contacts are in it; counted by Get only, 0 elsewhere.</summary>
    public long Members { get; init; }

    /// <summary>1 when inserted, one more with each update.</summary>
    public required long Version { get; init; }

    /// <summary>When it was inserted.</summary>
    public required DateTimeOffset CreateTime { get; init; }

    /// <summary>When it was last changed.</summary>
    public required DateTimeOffset UpdateTime { get; init; }
}

using Herald.Domain.Contacts;

namespace Herald.Storage.Contacts;

/// <summary>The answer to a write of one contact.</summary>
public sealed record class ContactWriteResult
{
    /// <summary>What became of it.</summary>
    public required ContactWriteOutcome Outcome { get; init; }

    /// <summary>The row as stored now; set when it was written.</summary>
    public ContactRow? Row { get; init; }

    /// <summary>The contact that has the identity; set when one is taken.</summary>
    public ContactId? TakenBy { get; init; }
}

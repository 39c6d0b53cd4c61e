using Herald.Domain.Consents;
using Herald.Domain.Contacts;

namespace Herald.Api.Contacts.Import;

/// <summary>What a file's header says, checked.</summary>
internal sealed record ImportPlan
{
    /// <summary>The list that the contacts join; null for none.</summary>
    public required ContactListId? List { get; init; }

    /// <summary>What the column of consent speaks of.</summary>
    public required ConsentPurpose Purpose { get; init; }

    /// <summary>Where the people decided, if their row does not say.</summary>
    public required string ConsentSource { get; init; }

    /// <summary>What the people were shown, if their row does not say.</summary>
    public required string ConsentWording { get; init; }

    /// <summary>Where phone numbers without calling code belong; null to refuse them.</summary>
    public required PhoneRegion? Region { get; init; }

    /// <summary>Who imports.</summary>
    public required string Actor { get; init; }

    /// <summary>The id of the import, the same when it is repeated.</summary>
    public required string ImportId { get; init; }

    /// <summary>When the import began.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>Whether nothing is stored.</summary>
    public required bool IsDryRun { get; init; }
}

namespace Herald.Storage.Contacts;

/// <summary>What an import did, in contacts.</summary>
public sealed record class ContactImportResult
{
    /// <summary>Contacts that were not known.</summary>
    public required int Created { get; init; }

    /// <summary>Known contacts of which something changed.</summary>
    public required int Updated { get; init; }

    /// <summary>Known contacts that were as the file says, besides membership and consent.</summary>
    public required int Unchanged { get; init; }

    /// <summary>Ledger entries that grant and took effect.</summary>
    public required int ConsentGranted { get; init; }

    /// <summary>Ledger entries that revoke and took effect.</summary>
    public required int ConsentRevoked { get; init; }

    /// <summary>Consents that changed no projection: known evidence, or outweighed by what is stored.</summary>
    public required int ConsentIgnored { get; init; }
}

namespace Herald.Storage.Consents;

/// <summary>A row of suppressions, besides its tenant; times in microseconds since 1970.</summary>
internal sealed class SuppressionRow
{
    public string IdentityHash { get; init; } = "";

    public Guid ScopeId { get; init; }

    public long? MarketingTime { get; init; }

    public long? UtilityTime { get; init; }

    public long EraseTime { get; init; }
}

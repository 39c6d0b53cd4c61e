namespace Herald.WhatsApp.Accounts;

/// <summary>A WhatsApp business account as Meta shows it.</summary>
/// <param name="WabaId">Meta's id of the account.</param>
public sealed record BusinessAccountInfo(string WabaId)
{
    /// <summary>Meta's id of the business portfolio that owns it; null where Meta does not tell.</summary>
    public string? PortfolioId { get; init; }
}

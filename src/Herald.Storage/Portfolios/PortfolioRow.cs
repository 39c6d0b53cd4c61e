namespace Herald.Storage.Portfolios;

/// <summary>A business portfolio of Meta's as stored.</summary>
public sealed record class PortfolioRow
{
    /// <summary>Meta's id of it, or a name made of the account's id where Meta does not tell.</summary>
    public required string PortfolioId { get; init; }

    /// <summary>How many different people it may reach in a moving day outside of their windows; null when unlimited or not known.</summary>
    public required int? PeopleMax { get; init; }

    /// <summary>How much of that marketing leaves to transactional messages, in percent, 0 to 90.</summary>
    public required int ReservePercent { get; init; }

    /// <summary>When it was last written.</summary>
    public required DateTimeOffset UpdateTime { get; init; }
}

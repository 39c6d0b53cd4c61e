using Herald.Domain.Senders;

namespace Herald.Storage.Portfolios;

/// <summary>What a claim needs to know of the portfolio of its sender, which has a limit.</summary>
internal sealed class LimitedPortfolio
{
    /// <summary>See <see cref="PortfolioRow.PortfolioId"/>.</summary>
    public string PortfolioId { get; init; } = "";

    /// <summary>How many different people it may reach in a moving day outside of their windows.</summary>
    public int PeopleMax { get; init; }

    /// <summary>See <see cref="PortfolioRow.ReservePercent"/>.</summary>
    public int ReservePercent { get; init; }

    /// <summary>The countries to which the sender sends nothing: nobody there is reached.</summary>
    public ClosedCountries ClosedCountries { get; init; } = ClosedCountries.None;
}

using Herald.Domain.Campaigns;
using Herald.Domain.Portfolios;
using Herald.Domain.Tenants;

namespace Herald.Storage.Portfolios;

/// <summary>The limits of business portfolios. What is used of them is counted by the claims of messages.</summary>
public interface IPortfolioStore
{
    /// <summary>Adds the portfolio or gives it this limit and reserve; claims that begin later go by it.</summary>
    Task SetAsync(PortfolioRow row, CancellationToken ct);

    /// <summary>
    /// Gives a known portfolio the limit that held at a time (null: unlimited), unless it was written later than that; its reserve stays. Whether
    /// anything was written.
    /// </summary>
    Task<bool> LimitAsync(string portfolioId, int? peopleMax, DateTimeOffset time, CancellationToken ct);

    /// <summary>The portfolio, or null.</summary>
    Task<PortfolioRow?> GetAsync(string portfolioId, CancellationToken ct);

    /// <summary>
    /// How a campaign that is not frozen yet fits into the limit of its sender's portfolio, by its list, by consent and by what is queued as they
    /// stand now; other campaigns that are not frozen yet are left out. Null when there is no limit, or no such campaign. Looks at every member of the
    /// list once, and at the queue up to ten days' worth of the limit.
    /// </summary>
    Task<PortfolioForecast?> ForecastAsync(TenantId tenant, CampaignId campaign, DateTimeOffset now, CancellationToken ct);

    /// <summary>
    /// Makes messages due that the limit put off and for which there is room by now: the limit was raised or is gone, or others for whom the room was
    /// kept will not be reached. Only of senders that may send, and of campaigns that run; in order of class and due time. Up to
    /// <paramref name="limit"/> of a portfolio, together with what is due there already, so that no more is brought forward than can leave; the claim judges
    /// each anew. Messages that wait for anything else stay. Signals the queues.
    /// </summary>
    /// <returns>How many messages were made due, over all portfolios.</returns>
    Task<int> BringForwardAsync(DateTimeOffset now, int limit, CancellationToken ct);

    /// <summary>
    /// Makes messages due that the limit put off and whose contact has written to their sender: inside the window that this opens they count against no
    /// limit. One statement where there is none. The claim judges each anew. Signals the queues. Repeating it does no harm.
    /// </summary>
    /// <returns>How many messages were made due.</returns>
    Task<int> FreeAsync(IReadOnlyCollection<OpenWindow> windows, DateTimeOffset now, CancellationToken ct);

    /// <summary>Forgets up to <paramref name="limit"/> people who no longer count, and all spans that no longer do; how many rows.</summary>
    Task<int> PurgeAsync(DateTimeOffset now, int limit, CancellationToken ct);
}

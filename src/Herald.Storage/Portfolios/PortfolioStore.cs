using Herald.Domain.Campaigns;
using Herald.Domain.Messages;
using Herald.Domain.Portfolios;
using Herald.Domain.Templates;
using Herald.Domain.Tenants;
using Herald.Storage.Campaigns;
using Herald.Storage.Templates;

namespace Herald.Storage.Portfolios;

internal sealed partial class PortfolioStore(IDatabase database, ICampaignStore campaigns, ITemplateStore templates, IDialect dialect) : IPortfolioStore
{
    // Who waits is counted up to so many days' worth: a longer queue makes the forecast no better, and the launch slower.
    private const int WaitingDaysMax = 10;
    private const int WaitingMax = 1_000_000;

    private const string SetSql =
        """
        INSERT INTO portfolios (portfolio_id, people_max, reserve_percent, update_time)
        VALUES (@PortfolioId, @PeopleMax, @ReservePercent, @UpdateTime)
        ON CONFLICT (portfolio_id) DO UPDATE
        SET people_max = excluded.people_max, reserve_percent = excluded.reserve_percent, update_time = excluded.update_time
        """;

    private const string LimitSql =
        "UPDATE portfolios SET people_max = @PeopleMax, update_time = @Time WHERE portfolio_id = @PortfolioId AND update_time < @Time";

    private const string GetSql = "SELECT portfolio_id, people_max, reserve_percent, update_time FROM portfolios WHERE portfolio_id = @PortfolioId";

    private const string PurgePeopleHead =
        """
        DELETE FROM portfolio_reach WHERE (tenant_id, contact_id, portfolio_id) IN (
          SELECT tenant_id, contact_id, portfolio_id FROM portfolio_reach WHERE reach_time <= @Oldest ORDER BY reach_time LIMIT @Limit
        """;

    private const string PurgePeopleTail = ") AND reach_time <= @Oldest";

    private const string PurgeSpansSql = "DELETE FROM portfolio_spans WHERE span_time <= @Oldest";

    // Claims lock the people that they reach in another order; who is being reached anew is not to be forgotten, and is left to the next time.
    private readonly string _purgePeopleSql = PurgePeopleHead + dialect.Pick(" FOR UPDATE SKIP LOCKED", "") + PurgePeopleTail;

    public Task SetAsync(PortfolioRow row, CancellationToken ct) => database.ExecuteAsync(SetSql, row, ct);

    public async Task<bool> LimitAsync(string portfolioId, int? peopleMax, DateTimeOffset time, CancellationToken ct) =>
        await database.ExecuteAsync(LimitSql, new { PortfolioId = portfolioId, PeopleMax = peopleMax, Time = time }, ct) > 0;

    public Task<PortfolioRow?> GetAsync(string portfolioId, CancellationToken ct) =>
        database.FindAsync<PortfolioRow>(GetSql, new { PortfolioId = portfolioId }, ct);

    public async Task<PortfolioForecast?> ForecastAsync(TenantId tenant, CampaignId campaign, DateTimeOffset now, CancellationToken ct)
    {
        if (await campaigns.GetAsync(tenant, campaign, ct) is not { } row
            || await templates.GetAsync(tenant, row.TemplateId, ct) is not { } template
            || await database.FindAsync<LimitedPortfolio>(PortfolioSql.OfSender, new { TenantId = tenant, row.SenderId }, ct)
                is not { PeopleMax: { } peopleMax } portfolio)
        {
            return null;
        }
        var messageClass = template.Category == TemplateCategory.Marketing ? MessageClass.Marketing : MessageClass.Utility;
        var spans = await database.ListAsync<SpanRow>(
            PortfolioSql.Spans, new { portfolio.PortfolioId, Oldest = PortfolioBudget.Oldest(now) }, ct);
        var count = await database.FindAsync<PeopleCount>(PortfolioSql.CountPeople, new
        {
            TenantId = tenant,
            CampaignId = campaign,
            WaitingMax = Math.Min(WaitingMax, (long)peopleMax * WaitingDaysMax),
            row.SenderId,
            row.ListId,
            row.TemplateId,
            Class = messageClass,
            portfolio.PortfolioId,
            WindowSince = PortfolioGate.WindowSince(now),
            ReachedSince = now - PortfolioBudget.Window,
        }, ct) ?? throw new InvalidOperationException("A count returned no row.");
        var budget = new PortfolioBudget(peopleMax, portfolio.ReservePercent, now, spans.Select(span => span.ToSpan()));
        return budget.Forecast(count.People, count.Shared, count.Waiting, messageClass);
    }

    public Task<int> PurgeAsync(DateTimeOffset now, int limit, CancellationToken ct) => database.WriteAsync(async (_, transaction) =>
    {
        var old = new { Oldest = PortfolioBudget.Oldest(now), Limit = limit };
        return await transaction.ExecuteAsync(_purgePeopleSql, old, ct) + await transaction.ExecuteAsync(PurgeSpansSql, old, ct);
    }, ct);

    private sealed class PeopleCount
    {
        public long Waiting { get; init; }

        public long People { get; init; }

        public long Shared { get; init; }
    }
}

using Herald.Storage.Portfolios;
using Herald.Storage.Tenants;
using Herald.WhatsApp.Webhooks;

namespace Herald.Webhooks;

/// <summary>Stores the limit that Meta tells of the portfolio of an account's numbers.</summary>
internal sealed class PortfolioLimitHandler(ISenderStore senders, IPortfolioStore portfolios, TimeProvider time)
{
    public async Task HandleAsync(PortfolioLimitChange change, CancellationToken ct)
    {
        if (change.WabaId is null)
            return;
        var known = await senders.ListByWabaAsync(change.WabaId, ct);
        // An old delivery that comes again does not undo what was read since.
        foreach (var portfolio in known.Select(sender => sender.PortfolioId).OfType<string>().Distinct(StringComparer.Ordinal))
            await portfolios.LimitAsync(portfolio, change.PeopleMax, change.Time ?? time.GetUtcNow(), ct);
    }
}

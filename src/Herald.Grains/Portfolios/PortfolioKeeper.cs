using Herald.Domain;
using Herald.Domain.Portfolios;
using Herald.Storage.Portfolios;
using Herald.Storage.Tenants;
using Herald.WhatsApp;
using Microsoft.Extensions.Options;

namespace Herald.Grains.Portfolios;

/// <summary>Finds the business portfolio of an account, and stores the limit that WhatsApp tells of it.</summary>
public sealed class PortfolioKeeper(
    IWhatsAppClient client, ISenderStore senders, IPortfolioStore portfolios, IOptions<PortfolioOptions> options, TimeProvider time)
{
    private const string MadeUpPrefix = "waba/";

    /// <summary>
    /// The portfolio's id: WhatsApp's, or one made of the account's where WhatsApp does not tell the owner, so that at least the numbers of an account
    /// share their limit. The portfolio is stored with this limit when there is one to store. Null, and nothing is stored, when WhatsApp cannot be
    /// asked now and no portfolio of the account is known yet: a made-up one would begin to count anew, and the real one later once more.
    /// </summary>
    /// <param name="wabaId">Meta's id of the account.</param>
    /// <param name="token">A token with the management permission.</param>
    /// <param name="messagingLimit">The limit as one of the account's numbers tells it; null where it does not.</param>
    /// <param name="ct">Cancels the call.</param>
    public async Task<string?> KeepAsync(string wabaId, AccessToken token, string? messagingLimit, CancellationToken ct)
    {
        var account = await client.GetBusinessAccountAsync(wabaId, token, ct);
        var id = account.Value?.PortfolioId ?? await FindKnownAsync(wabaId, ct) ?? (account.IsSuccess ? MadeUpPrefix + wabaId : null);
        if (id is null)
            return null;
        // A limit that is known is not forgotten because one answer lacks it, or names a tier that nobody knows yet.
        if (!PortfolioTier.IsKnown(messagingLimit) && await portfolios.GetAsync(id, ct) is not null)
            return id;
        await portfolios.SetAsync(
            new PortfolioRow
            {
                PortfolioId = id,
                PeopleMax = PortfolioTier.PeopleMax(messagingLimit),
                ReservePercent = options.Value.TransactionalReservePercent,
                UpdateTime = Micros.Truncate(time.GetUtcNow()),
            },
            ct);
        return id;
    }

    /// <summary>The portfolio that any number of the account was found in, a real one first; null if none was.</summary>
    private async Task<string?> FindKnownAsync(string wabaId, CancellationToken ct) => (await senders.ListByWabaAsync(wabaId, ct))
        .Select(sender => sender.PortfolioId)
        .OfType<string>()
        .OrderBy(id => id.StartsWith(MadeUpPrefix, StringComparison.Ordinal))
        .FirstOrDefault();
}

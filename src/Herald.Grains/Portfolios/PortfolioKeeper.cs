using Herald.Domain;
using Herald.Domain.Portfolios;
using Herald.Storage.Portfolios;
using Herald.WhatsApp;
using Microsoft.Extensions.Options;

namespace Herald.Grains.Portfolios;

/// <summary>Finds the business portfolio of an account, and stores the limit that WhatsApp tells of it.</summary>
public sealed class PortfolioKeeper(IWhatsAppClient client, IPortfolioStore portfolios, IOptions<PortfolioOptions> options, TimeProvider time)
{
    /// <summary>
    /// The portfolio's id: WhatsApp's, or one made of the account's where WhatsApp does not tell the owner, so that at least the numbers of an account
    /// share their limit. The portfolio is stored with this limit when there is one to store.
    /// </summary>
    /// <param name="wabaId">Meta's id of the account.</param>
    /// <param name="token">A token with the management permission.</param>
    /// <param name="messagingLimit">The limit as one of the account's numbers tells it; null where it does not.</param>
    /// <param name="known">The portfolio as it was found before; kept when WhatsApp cannot be asked now. Null when none was.</param>
    /// <param name="ct">Cancels the call.</param>
    public async Task<string> KeepAsync(string wabaId, AccessToken token, string? messagingLimit, string? known, CancellationToken ct)
    {
        var account = await client.GetBusinessAccountAsync(wabaId, token, ct);
        var id = account.Value?.PortfolioId ?? (account.IsSuccess ? null : known) ?? $"waba/{wabaId}";
        // A limit that is known is not forgotten because one answer lacks it.
        if (messagingLimit is null && await portfolios.GetAsync(id, ct) is not null)
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
}

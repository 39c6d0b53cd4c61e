using Herald.Api.Calls;
using Herald.Domain.Portfolios;
using Herald.Storage.Portfolios;
using Herald.WhatsApp;
using Herald.WhatsApp.Accounts;
using Microsoft.Extensions.Options;

namespace Herald.Api.Tenants;

/// <summary>Finds the business portfolio of a number that is being connected, and stores the limit that WhatsApp tells of it.</summary>
internal sealed class PortfolioKeeper(IBusinessAccounts accounts, IPortfolioStore portfolios, IOptions<HeraldApiOptions> options, TimeProvider time)
{
    /// <summary>
    /// The portfolio's id: WhatsApp's, or one made of the account's where WhatsApp does not tell the owner, so that at least the numbers of an account
    /// share their limit.
    /// </summary>
    public async Task<string> KeepAsync(string wabaId, AccessToken token, PhoneNumberInfo number, CancellationToken ct)
    {
        var account = await accounts.GetBusinessAccountAsync(wabaId, token, ct);
        var id = account.Value?.PortfolioId ?? $"waba/{wabaId}";
        // A limit that is known is not forgotten because one answer lacks it.
        if (number.MessagingLimit is null && await portfolios.GetAsync(id, ct) is not null)
            return id;
        await portfolios.SetAsync(
            new PortfolioRow
            {
                PortfolioId = id,
                PeopleMax = PortfolioTier.PeopleMax(number.MessagingLimit),
                ReservePercent = options.Value.TransactionalReservePercent,
                UpdateTime = time.StoredNow(),
            },
            ct);
        return id;
    }
}

using Herald.Domain.Senders;
using Herald.Domain.Tenants;
using Herald.Grains.Secrets;
using Herald.Storage.Tenants;
using Herald.WhatsApp;

namespace Herald.Api.Templates;

/// <summary>Finds the token with which a tenant manages a WhatsApp Business Account: that of one of its connected senders.</summary>
internal sealed class WabaTokens(ISenderStore senders, ISecretProtector protector)
{
    private const int PageSize = 500;

    /// <summary>The token; null if the tenant has no connected sender of the account.</summary>
    public async Task<AccessToken?> FindAsync(TenantId tenant, string wabaId, CancellationToken ct)
    {
        var all = await senders.ListByWabaAsync(wabaId, ct);
        var sender = all.FirstOrDefault(row => row.TenantId == tenant && IsConnected(row));
        return sender is null ? null : new AccessToken(protector.Unprotect(sender.TokenCipher!));
    }

    /// <summary>The accounts of which the tenant has a connected sender.</summary>
    public async Task<IReadOnlyList<string>> ListWabasAsync(TenantId tenant, CancellationToken ct)
    {
        var wabas = new List<string>();
        SenderId? after = null;
        while (true)
        {
            var page = await senders.ListAsync(tenant, after, PageSize, ct);
            wabas.AddRange(page.Where(IsConnected).Select(row => row.WabaId));
            if (page.Count < PageSize)
                return [.. wabas.Distinct(StringComparer.Ordinal)];
            after = page[^1].SenderId;
        }
    }

    private static bool IsConnected(SenderRow row) => row is { TokenCipher: not null, State: not SenderState.Disconnected };
}

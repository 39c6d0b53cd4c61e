using System.Security.Cryptography;
using Herald.Grains.Secrets;
using Herald.Storage.Tenants;

namespace Herald.Grains.Failures;

/// <summary>Which senders of a tenant share a token: each keeps its own encryption of it, so only the token itself tells.</summary>
internal sealed class SenderTokenGroups(ISenderStore senders, ISecretProtector protector)
{
    private const int PageSize = 500;

    /// <summary>The sender and all others of its tenant that use the same token.</summary>
    public async Task<IReadOnlyList<SenderRow>> OfAsync(SenderRow sender)
    {
        var group = new List<SenderRow> { sender };
        if (Read(sender) is not { } token)
            return group;
        Domain.Senders.SenderId? after = null;
        while (true)
        {
            var page = await senders.ListAsync(sender.TenantId, after, PageSize, CancellationToken.None);
            group.AddRange(page.Where(row => row.SenderId != sender.SenderId && Read(row) == token));
            if (page.Count < PageSize)
                return group;
            after = page[^1].SenderId;
        }
    }

    private string? Read(SenderRow sender)
    {
        if (sender.TokenCipher is not { } cipher)
            return null;
        try
        {
            return protector.Unprotect(cipher);
        }
        catch (CryptographicException)
        {
            // With other keys than this installation's; then it is disconnected when it is used.
            return null;
        }
    }
}

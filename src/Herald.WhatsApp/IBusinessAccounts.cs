using Herald.WhatsApp.Accounts;

namespace Herald.WhatsApp;

/// <summary>Reads WhatsApp business accounts, as a whole, from the Graph API.</summary>
public interface IBusinessAccounts
{
    /// <summary>Reads a business account.</summary>
    /// <param name="wabaId">Meta's id of the account.</param>
    /// <param name="token">A token with the management permission.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The account, or why not.</returns>
    Task<CallResult<BusinessAccountInfo>> GetBusinessAccountAsync(string wabaId, AccessToken token, CancellationToken cancellationToken);
}

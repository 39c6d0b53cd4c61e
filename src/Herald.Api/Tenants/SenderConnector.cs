using Herald.Api.Errors;
using Herald.Domain.Senders;
using Herald.WhatsApp;
using Herald.WhatsApp.Accounts;
using Microsoft.Extensions.Options;

namespace Herald.Api.Tenants;

/// <summary>
/// Prepares a number at WhatsApp: looks at the token, finds the number in its account, registers it, and subscribes to the account's
/// webhooks. Each step may be repeated.
/// </summary>
internal sealed class SenderConnector(IWhatsAppClient client, IOptions<WhatsAppOptions> options)
{
    private const string MessagingScope = "whatsapp_business_messaging";
    private const int PagesMax = 50;

    /// <summary>The number as WhatsApp describes it.</summary>
    /// <exception cref="ApiException">WhatsApp refused a step, or cannot be reached.</exception>
    public async Task<PhoneNumberInfo> ConnectAsync(
        string resource, string wabaId, string phoneNumberId, AccessToken token, string pin, CancellationToken ct)
    {
        await CheckTokenAsync(resource, token, ct);
        var number = await FindAsync(resource, wabaId, phoneNumberId, token, ct);
        if (pin.Length > 0)
            (await client.RegisterAsync(phoneNumberId, token, pin, ct)).ValueOrThrow(resource, isChange: true);
        (await client.SubscribeAppAsync(wabaId, token, ct)).ValueOrThrow(resource, isChange: true);
        return number;
    }

    /// <summary>The state of a sender whose number is prepared: active, unless something that connecting does not heal holds it back.</summary>
    public static SenderState Connected(SenderState state)
    {
        if (state is SenderState.Active or SenderState.Throttled or SenderState.Restricted)
            return state;
        var registered = SenderLifecycle.Decide(state, SenderTrigger.Register);
        var active = SenderLifecycle.Decide(registered.Change, SenderTrigger.Activate);
        return registered.IsAccepted && active.IsAccepted
            ? active.Change
            : throw new InvalidOperationException($"A sender that is {state} cannot be connected.");
    }

    private async Task CheckTokenAsync(string resource, AccessToken token, CancellationToken ct)
    {
        if (options.Value is not { AppId: not null, AppSecret: not null })
            return;
        var info = (await client.DebugTokenAsync(token, ct)).ValueOrThrow(resource, isChange: false);
        if (!info.IsValid)
            throw SenderErrors.TokenRefused(info);
        if (info.Scopes.Count > 0 && !info.Scopes.Contains(MessagingScope))
            throw SenderErrors.TokenScopeMissing(MessagingScope);
    }

    private async Task<PhoneNumberInfo> FindAsync(
        string resource, string wabaId, string phoneNumberId, AccessToken token, CancellationToken ct)
    {
        string? after = null;
        for (var pages = 0; pages < PagesMax; pages++)
        {
            var page = (await client.ListPhoneNumbersAsync(wabaId, token, after, ct)).ValueOrThrow(resource, isChange: false);
            if (page.Items.FirstOrDefault(number => number.PhoneNumberId == phoneNumberId) is { } found)
                return found;
            if (page.After is null)
                break;
            after = page.After;
        }
        throw SenderErrors.NumberNotInAccount();
    }
}

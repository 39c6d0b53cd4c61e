using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Herald.Domain;
using Herald.Domain.Contacts;
using Herald.Domain.Control;
using Herald.Domain.Messages;
using Herald.Domain.Senders;
using Herald.Domain.Tenants;
using Herald.Grains.Control;
using Herald.Grains.Messages;
using Herald.Storage.Campaigns;
using Herald.Storage.Contacts;
using Herald.Storage.Messages;
using Herald.Storage.Tenants;
using Herald.WhatsApp.Errors;
using Microsoft.Extensions.Options;

namespace Herald.Grains.Failures;

/// <summary>
/// Tells a tenant's owners, on the control number they chat with, that one of their numbers stopped, or campaigns because of their templates. Once a day for the same trouble, however many
/// messages and senders it meets. WhatsApp takes free words only within 24 hours after a person wrote; an owner whom that leaves out is in the audit.
/// </summary>
internal sealed class OwnerNotices(
    IOwnerStore owners,
    ITenantStore tenants,
    ISenderStore senders,
    IContactStore contacts,
    IMessageStore messages,
    FailureAudit audit,
    IIdSource ids,
    IOptions<LifetimeOptions> lifetimes,
    TimeProvider time)
{
    private const int SendersMax = 500;
    private const int Payment = 131042;
    private static readonly TimeSpan Window = TimeSpan.FromHours(24);

    public async Task SenderStoppedAsync(SenderRow sender, Reaction reaction, int code)
    {
        var trouble = TroubleOf(reaction, code);
        // What a whole account or token met is told of once, whichever of its numbers met it first.
        var about = trouble is SenderTrouble.NumberRestricted or SenderTrouble.MarketingStopped ? sender.SenderId.ToString() : sender.WabaId;
        await TellAllAsync(sender.TenantId, language => ControlNotices.SenderStopped(language, trouble, sender.DisplayPhoneNumber), $"{trouble}:{about}");
    }

    /// <summary>One notice to each tenant, whatever it has of them.</summary>
    /// <param name="paused">Campaigns that were paused for one and the same.</param>
    public async Task CampaignsPausedAsync(IReadOnlyCollection<CampaignRow> paused)
    {
        foreach (var ofTenant in paused.GroupBy(campaign => campaign.TenantId).Select(group => group.ToList()))
        {
            var first = ofTenant[0];
            await TellAllAsync(
                first.TenantId,
                language => ofTenant.Count == 1
                    ? ControlNotices.CampaignPaused(language, first.CampaignId, first.DisplayName, first.PauseCause)
                    : ControlNotices.CampaignsPaused(language, [.. ofTenant.Select(campaign => campaign.DisplayName)], first.PauseCause),
                $"{first.PauseCause}:{(ofTenant.Count == 1 ? first.CampaignId.ToString() : HashOf(ofTenant))}");
        }
    }

    /// <summary>The same for the same campaigns, whichever of them met the trouble first.</summary>
    private static string HashOf(List<CampaignRow> campaigns)
    {
        var names = string.Join(',', campaigns.Select(campaign => campaign.CampaignId.ToString()).Order(StringComparer.Ordinal));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(names)));
    }

    private async Task TellAllAsync(TenantId tenant, Func<string, ControlReply> notice, string about)
    {
        if (await tenants.GetSystemTenantAsync(CancellationToken.None) is not { } system)
            return;
        var controls = (await senders.ListAsync(system.TenantId, null, SendersMax, CancellationToken.None))
            .Where(row => row.Kind == SenderKind.Control && SenderLifecycle.MaySend(row.State)).ToList();
        var day = time.GetUtcNow().ToString("yyyyMMdd", CultureInfo.InvariantCulture);
        foreach (var owner in await owners.ListAsync(tenant, CancellationToken.None))
        {
            var isQueued = await TellAsync(system, controls, owner, notice(owner.Language), $"notice:{owner.OwnerId}:{about}:{day}");
            await audit.NoticeAsync(tenant, $"tenants/{tenant}/owners/{owner.OwnerId}", isQueued ? "OK" : "WINDOW_CLOSED");
        }
    }

    private async Task<bool> TellAsync(TenantRow system, List<SenderRow> controls, OwnerRow owner, ControlReply notice, string key)
    {
        var contact = await contacts.FindByPhoneAsync(system.TenantId, Spellings(owner.Phone), CancellationToken.None);
        if (contact is null)
            return false;
        var now = time.GetUtcNow();
        foreach (var control in controls)
        {
            var wrote = await contacts.GetWindowAsync(system.TenantId, contact.ContactId, control.SenderId, CancellationToken.None);
            if (wrote is null || now - wrote >= Window)
                continue;
            await messages.EnqueueAsync([.. ControlContent.Of([notice]).Select(content => new NewMessage
            {
                TenantId = system.TenantId,
                MessageId = new MessageId(ids.NewId()),
                ContactId = contact.ContactId,
                SenderId = control.SenderId,
                Class = MessageClass.Reply,
                Content = content.ToJson(),
                DedupeKey = key,
                DueTime = now,
                ExpireTime = lifetimes.Value.ExpireTime(MessageClass.Reply, now),
                CreateTime = now,
            })], CancellationToken.None);
            return true;
        }
        return false;
    }

    private static IReadOnlyList<string> Spellings(string phone) =>
        PhoneNumber.TryFromDigits(phone, out var number) ? [phone, .. number.Variants().Select(variant => variant.Digits)] : [phone];

    private static SenderTrouble TroubleOf(Reaction reaction, int code) => (reaction, code) switch
    {
        (Reaction.DisconnectToken, _) => SenderTrouble.TokenInvalid,
        (Reaction.LockAccount, _) => SenderTrouble.AccountLocked,
        (Reaction.PauseTenant, Payment) => SenderTrouble.PaymentProblem,
        (Reaction.PauseTenant, _) => SenderTrouble.PermissionMissing,
        (Reaction.StopMarketing, _) => SenderTrouble.MarketingStopped,
        _ => SenderTrouble.NumberRestricted,
    };
}

using System.Text.Json;
using Herald.Domain;
using Herald.Domain.Consents;
using Herald.Domain.Consents.Keywords;
using Herald.Domain.Contacts;
using Herald.Domain.Control;
using Herald.Domain.Senders;
using Herald.Domain.Tenants;
using Herald.Grains;
using Herald.Grains.Consents;
using Herald.Grains.Control;
using Herald.Storage.Consents;
using Herald.Storage.Contacts;
using Herald.Storage.Messages;
using Herald.Storage.Portfolios;
using Herald.Storage.Tenants;
using Herald.WhatsApp.Webhooks;
using Orleans;

namespace Herald.Webhooks;

/// <summary>
/// What people write: STOP and START reach the contact's consent grain before anything else; what comes to a control number goes to
/// the conversation's grain. The text itself is kept nowhere.
/// </summary>
internal sealed class InboundHandler(
    SenderDirectory senders,
    TenantKeywords keywords,
    IContactStore contacts,
    IContactReachStore reach,
    IConsentStore consents,
    IMessageStore messages,
    ITenantStore tenants,
    IGrainFactory grains,
    IIdSource ids,
    TimeProvider time)
{
    private const int LedgerPageSize = 500;
    private static readonly TimeSpan CampaignMemory = TimeSpan.FromDays(7);

    /// <summary>
    /// Handles the message if it is a STOP or START; all other handling comes later, in <see cref="HandleAsync"/>. The contacts that
    /// opted out by it.
    /// </summary>
    public async Task<IReadOnlyList<OptedOut>> HandleKeywordAsync(InboundMessageChange message, CancellationToken ct)
    {
        if (HasNoIdentity(message) || await senders.FindAsync(message.PhoneNumberId, ct) is not { } sender)
            return [];
        var match = await MatchAsync(sender, message, ct);
        if (match.Kind is not (KeywordMatchKind.Stop or KeywordMatchKind.Start))
            return [];
        var contact = await ResolveAsync(sender, message, ct);
        if (!await CountsAsync(sender, contact, match, ct))
            return [];
        await contacts.TouchWindowAsync(sender.TenantId, contact.ContactId, sender.SenderId, TimeOf(message), ct);
        var command = new KeywordReceived
        {
            Sender = sender.SenderId.Value,
            WhatsAppMessageId = message.Wamid,
            QuotedMessageId = message.ContextMessageId,
            Keyword = match.Keyword,
            IsButton = message.Content is not InboundText,
            Language = match.LanguageFor(await LanguageAsync(contact, ct)),
            EventTime = TimeOf(message),
        };
        var consent = grains.GetGrain<IContactConsentGrain>(GrainKeys.Contact(sender.TenantId, contact.ContactId));
        if (match.Kind == KeywordMatchKind.Start)
        {
            var start = await consent.Start(command);
            return start.ContactAbsent ? await HandleKeywordAsync(message, ct) : [];
        }
        // Who was erased since a moment ago is somebody new when they write.
        if ((await consent.Stop(command)).ContactAbsent)
            return await HandleKeywordAsync(message, ct);
        var others = (await contacts.ListOwnersAsync(sender.TenantId, IdentityOf(message), ct)).Where(owner => owner != contact.ContactId).ToList();
        foreach (var other in others)
        {
            if (!await StopOtherAsync(sender.TenantId, other, contact.ContactId, command))
                return await HandleKeywordAsync(message, ct);
        }
        return [.. others.Append(contact.ContactId).Select(stopped => new OptedOut(sender.TenantId, stopped))];
    }

    /// <summary>
    /// A person may stand there more than once: under the phone from an import, under the user id since they wrote with their phone hidden. Whoever of
    /// them was found, the STOP is all of theirs.
    /// </summary>
    /// <returns>False when the other was erased meanwhile, and what they were known by is another's or nobody's.</returns>
    private async Task<bool> StopOtherAsync(TenantId tenant, ContactId other, ContactId contact, KeywordReceived command)
    {
        var recorded = await grains.GetGrain<IContactConsentGrain>(GrainKeys.Contact(tenant, other)).Record(new RecordConsent
        {
            Purpose = (int)ConsentPurpose.Marketing,
            Action = (int)ConsentAction.Revoke,
            Source = (int)(command.IsButton ? ConsentSource.Button : ConsentSource.Keyword),
            EvidenceKey = $"wamid:{command.WhatsAppMessageId}",
            Evidence = JsonSerializer.Serialize(new Dictionary<string, string>
            {
                ["wamid"] = command.WhatsAppMessageId,
                ["keyword"] = command.Keyword,
                ["contact"] = contact.ToString(),
            }),
            Actor = "contact",
            EventTime = Micros.ToTime(
                ConsentRules.EventTimeMicros(command.EventTime, time.GetUtcNow(), ConsentAction.Revoke, isWholeSeconds: true)),
        });
        return !recorded.ContactAbsent;
    }

    /// <summary>Everything that is not a STOP or START: opens the window and, on a control number, takes the conversation on.</summary>
    /// <returns>The window that it opened; null for what comes from nobody, or to nobody's number.</returns>
    public async Task<OpenWindow?> HandleAsync(InboundMessageChange message, CancellationToken ct)
    {
        if (HasNoIdentity(message) || await senders.FindAsync(message.PhoneNumberId, ct) is not { } sender)
            return null;
        var contact = await ResolveAsync(sender, message, ct);
        await contacts.TouchWindowAsync(sender.TenantId, contact.ContactId, sender.SenderId, TimeOf(message), ct);
        if (sender.Kind == SenderKind.Control)
            await ConverseAsync(sender, contact, message, ct);
        return new OpenWindow(sender.TenantId, sender.SenderId, contact.ContactId);
    }

    private async Task ConverseAsync(SenderRow sender, ContactRow contact, InboundMessageChange message, CancellationToken ct)
    {
        if (Said(message.Content) is not { } said)
            return;
        var match = await MatchAsync(sender, message, ct);
        if (match.Kind == KeywordMatchKind.Stop || (match.Kind == KeywordMatchKind.Start && await WasTakenAsync(contact, message, ct)))
            return;
        var session = grains.GetGrain<IControlSessionGrain>(GrainKeys.ControlSession(sender.TenantId, sender.SenderId, contact.ContactId));
        await session.Receive(new ControlMessage
        {
            WhatsAppMessageId = message.Wamid,
            Phone = contact.Phone,
            Text = said.Text,
            ReplyId = said.ReplyId,
            Time = TimeOf(message),
        });
    }

    /// <summary>The contact's language, else the tenant's.</summary>
    private async Task<string?> LanguageAsync(ContactRow contact, CancellationToken ct) =>
        contact.Language.Length > 0 ? contact.Language : (await tenants.GetAsync(contact.TenantId, ct))?.Language;

    private async Task<KeywordMatch> MatchAsync(SenderRow sender, InboundMessageChange message, CancellationToken ct)
    {
        var words = await keywords.ForAsync(sender.TenantId);
        var match = Match(words, message, lastOutboundWasCampaign: false);
        if (match.Kind is KeywordMatchKind.Stop or KeywordMatchKind.Start
            || Match(words, message, lastOutboundWasCampaign: true).Kind != KeywordMatchKind.Stop)
        {
            return match;
        }
        // An ambiguous word ("cancel") counts only from a person whom a campaign reached lately, as whichever contact they stand there.
        var contact = await ResolveAsync(sender, message, ct);
        var owners = await contacts.ListOwnersAsync(sender.TenantId, IdentityOf(message), ct);
        foreach (var person in owners.Append(contact.ContactId).Distinct())
        {
            if (await messages.LastCampaignMessageAsync(sender.TenantId, person, TimeOf(message) - CampaignMemory, ct) is not null)
                return Match(words, message, lastOutboundWasCampaign: true);
        }
        return match;
    }

    private static KeywordMatch Match(KeywordSet words, InboundMessageChange message, bool lastOutboundWasCampaign) =>
        Said(message.Content) switch
        {
            null => KeywordMatch.None,
            // What the conversation itself offered is never an opt-out word: its title may be the name of a campaign.
            { } said when ControlConversation.IsReplyId(said.ReplyId) => KeywordMatch.None,
            { ReplyId: null } said => words.Match(said.Text, lastOutboundWasCampaign),
            { } said => words.MatchButton(said.ReplyId, said.Text, lastOutboundWasCampaign),
        };

    private static Words? Said(InboundContent content) => content switch
    {
        InboundText text => new Words(text.Body, null),
        InboundTemplateButton button => new Words(button.Text ?? "", button.Payload ?? ""),
        InboundButtonReply reply => new Words(reply.Title ?? "", reply.Id),
        InboundListReply reply => new Words(reply.Title ?? "", reply.Id),
        _ => null,
    };

    private DateTimeOffset TimeOf(InboundMessageChange message) => message.Time ?? time.GetUtcNow();

    /// <summary>On a control number words like "resume" are commands, unless the person is opted out and asks to be let in again.</summary>
    private async Task<bool> CountsAsync(SenderRow sender, ContactRow contact, KeywordMatch match, CancellationToken ct)
    {
        if (sender.Kind != SenderKind.Control || match.Kind == KeywordMatchKind.Stop)
            return true;
        var scopes = await consents.GetAsync(sender.TenantId, contact.ContactId, ct);
        return scopes.Any(scope => scope.Scope is null && scope.Marketing == ConsentState.Revoked);
    }

    /// <summary>
    /// Whether this very message let the person in again. The ledger knows it also when the delivery is processed a second time; a START that
    /// did not count is a command like any other.
    /// </summary>
    private async Task<bool> WasTakenAsync(ContactRow contact, InboundMessageChange message, CancellationToken ct)
    {
        var key = KeywordReceived.EvidenceKeyOf(message.Wamid);
        var events = await consents.ListEventsAsync(contact.TenantId, contact.ContactId, null, LedgerPageSize, ct);
        return events.Any(e => e.EvidenceKey == key);
    }

    private async Task<ContactRow> ResolveAsync(SenderRow sender, InboundMessageChange message, CancellationToken ct)
    {
        var contact = await contacts.ResolveInboundAsync(
            sender.TenantId, IdentityOf(message), new ContactId(ids.NewId()), time.GetUtcNow(), ct);
        // Who writes can be written to, whatever WhatsApp said before.
        if (contact.UnreachableCode != 0)
            await reach.MarkReachableAsync(contact.TenantId, contact.ContactId, ct);
        return contact;
    }

    private static InboundIdentity IdentityOf(InboundMessageChange message) => new()
    {
        Phone = message.FromPhone,
        PhoneVariants = Variants(message.FromPhone),
        UserId = message.FromUserId,
        ParentUserId = message.ParentUserId,
        Username = message.Username,
        ProfileName = message.ProfileName ?? "",
    };

    private static bool HasNoIdentity(InboundMessageChange message) =>
        message is { FromPhone: null, FromUserId: null, ParentUserId: null, Username: null };

    internal static IReadOnlyList<string> Variants(string? phone) =>
        PhoneNumber.TryFromDigits(phone, out var number) ? [.. number.Variants().Select(variant => variant.Digits)] : [];

    private sealed record Words(string Text, string? ReplyId);
}

using Herald.Api.Calls;
using Herald.Api.Errors;
using Herald.Api.Tenants;
using Herald.Domain;
using Herald.Domain.Consents;
using Herald.Domain.Contacts;
using Herald.Domain.Messages;
using Herald.Domain.Senders;
using Herald.Domain.Templates;
using Herald.Domain.Tenants;
using Herald.Grains.Messages;
using Herald.Storage.Messages;
using Herald.Storage.Templates;
using Herald.Storage.Tenants;
using Herald.WhatsApp.Messages;
using Microsoft.Extensions.Options;

namespace Herald.Api.Messages.Sending;

/// <summary>
/// Takes single messages into the queue, any number of them in the same few statements. Each is decided for itself: by its own words, by its
/// sender and template, by what its recipient allows now. All of that is looked at again when the message is claimed.
/// </summary>
internal sealed class MessageSender(
    ISendStore sends, ITemplateStore templates, ISenderStore senders, IIdSource ids, IOptions<LifetimeOptions> lifetimes, TimeProvider time)
{
    private const int AttemptsMax = 5;
    private const int SenderPageSize = 500;

    /// <summary>Queues what can go; each of the others has its refusal.</summary>
    /// <returns>The queued messages by their ids.</returns>
    public async Task<IReadOnlyDictionary<MessageId, MessageRow>> SendAsync(Call call, IReadOnlyList<WantedSend> wanted)
    {
        var known = call.IsRepeat ? await FindAsync(call, wanted) : [];
        var open = wanted.Where(send => !known.ContainsKey(send.MessageId)).ToList();
        var now = time.StoredNow();
        foreach (var send in open)
            Read(send, call, now);
        await CheckSendersAsync(call, Open(open));
        await new TemplateFilling(templates).FillAsync(call, Open(open));
        await QueueAsync(call, open, now, CreateTimeOf(call, now));
        foreach (var (id, row) in await FindAsync(call, Open(open)))
            known[id] = row;
        return known;
    }

    private static List<WantedSend> Open(IEnumerable<WantedSend> wanted) => [.. wanted.Where(send => send.IsOpen)];

    private async Task<Dictionary<MessageId, MessageRow>> FindAsync(Call call, IReadOnlyList<WantedSend> wanted) => wanted.Count == 0
        ? []
        : (await sends.ListAsync(call.Tenant, [.. wanted.Select(send => send.MessageId)], call.Ct)).ToDictionary(row => row.MessageId);

    private static void Read(WantedSend send, Call call, DateTimeOffset now)
    {
        var part = call.Part();
        try
        {
            RequestGuard.CheckItem(part.Violations, send.Path, send.Request);
            part.ThrowIfInvalid();
            send.Read(part, now);
            part.ThrowIfInvalid();
        }
        catch (ApiException refusal)
        {
            send.Refusal = refusal;
        }
    }

    private async Task CheckSendersAsync(Call call, List<WantedSend> open)
    {
        if (open.Count == 0)
            return;
        var known = new Dictionary<SenderId, SenderRow>();
        SenderId? after = null;
        IReadOnlyList<SenderRow> page;
        do
        {
            page = await senders.ListAsync(call.Tenant, after, SenderPageSize, call.Ct);
            foreach (var row in page)
                known[row.SenderId] = row;
            after = page.Count == 0 ? null : page[^1].SenderId;
        }
        while (page.Count == SenderPageSize);
        foreach (var send in open)
        {
            send.Sender = known.GetValueOrDefault(send.Recipient!.SenderId);
            send.Refusal = send.Sender switch
            {
                null => ApiErrors.NotFound(send.Request.Sender),
                { Kind: not SenderKind.Business } =>
                    Violations.Single($"{send.Path}.sender", Rules.NotAllowed, "Messages are sent from BUSINESS senders."),
                var row when !SenderLifecycle.MaySend(row.State) => SenderErrors.NotActive(row),
                _ => null,
            };
        }
    }

    /// <summary>Whoever else brings the same new person at the same time may be first; then that person is known now.</summary>
    private async Task QueueAsync(Call call, List<WantedSend> wanted, DateTimeOffset now, DateTimeOffset createTime)
    {
        for (var attempt = 0; ; attempt++)
        {
            var open = Open(wanted);
            if (open.Count == 0)
                return;
            var standings = await sends.StandingsAsync(call.Tenant, [.. open.Select(send => send.Recipient!)], call.Ct);
            var created = new Dictionary<string, ContactId>(StringComparer.Ordinal);
            foreach (var (send, standing) in open.Zip(standings))
                Decide(call.Tenant, send, standing, created, now, createTime);
            if (await sends.QueueAsync(call.Tenant, ApiKeyId.Parse(call.Caller.KeyId), [.. Open(open).Select(send => send.Send!)], now, call.Ct))
                return;
            if (attempt == AttemptsMax)
                throw ApiErrors.Unavailable();
        }
    }

    /// <summary>
    /// Messages are listed by the times in their ids, so that of their making is the same: of a request that broke off before its messages were queued,
    /// when it came first. No later than the present, should the ids run ahead of a clock that was put back.
    /// </summary>
    private static DateTimeOffset CreateTimeOf(Call call, DateTimeOffset now)
    {
        var idTime = UuidV7.TimeOf(call.ResourceId);
        return idTime < now ? idTime : now;
    }

    private void Decide(
        TenantId tenant, WantedSend send, SendStanding standing, Dictionary<string, ContactId> created, DateTimeOffset now, DateTimeOffset createTime)
    {
        var recipient = send.Recipient!;
        send.Refusal = Refuse(tenant, send, standing);
        if (!send.IsOpen)
            return;
        send.Send = new NewSend
        {
            MessageId = send.MessageId,
            ContactId = standing.ContactId ?? IdOfNew(recipient, created),
            Recipient = recipient,
            CreatesContact = standing.ContactId is null,
            Class = ClassOf(send.Category),
            TemplateId = send.TemplateId,
            Content = new QueuedContent(send.Content!, send.Request.ReplyTo.Length == 0 ? null : send.Request.ReplyTo).ToJson(),
            CreateTime = createTime,
            // What is to go at once is due from the beginning: it never waited for a time.
            DueTime = send.DueTime > now ? send.DueTime : createTime,
            ExpireTime = send.ExpireTime ?? lifetimes.Value.ExpireTime(ClassOf(send.Category), send.DueTime),
        };
    }

    private static ApiException? Refuse(TenantId tenant, WantedSend send, SendStanding standing)
    {
        if (standing.ContactId is null && send.Recipient!.ContactId is not null)
            return ApiErrors.NotFound(send.Request.Contact);
        if (standing.IsRestricted)
            return SendErrors.Suppressed(tenant, standing.ContactId, SuppressionReason.Restricted);
        if (standing is { ContactId: not null, HasAddress: false })
            return SendErrors.Suppressed(tenant, standing.ContactId, SuppressionReason.NoAddress);
        if (send.Category is not { } category)
        {
            return ServiceWindow.IsOpen(standing.InboundTime, send.DueTime)
                ? null
                : SendErrors.WindowClosed(tenant, standing.ContactId, standing.InboundTime is { } time ? ServiceWindow.CloseTime(time) : null);
        }
        var reason = ConsentRules.MayReceive(
            category, Projection(standing.Marketing, standing.Utility), Projection(standing.SenderMarketing, standing.SenderUtility));
        if (reason == SuppressionReason.None && standing.IsUnreachable && category != TemplateCategory.Authentication)
            reason = SuppressionReason.Unreachable;
        return reason == SuppressionReason.None ? null : SendErrors.Suppressed(tenant, standing.ContactId, reason);
    }

    private static ConsentProjection Projection(ConsentState marketing, ConsentState utility) =>
        new(new ConsentEntry(marketing, 0, default), new ConsentEntry(utility, 0, default));

    private static MessageClass ClassOf(TemplateCategory? category) => category switch
    {
        null => MessageClass.Reply,
        TemplateCategory.Marketing => MessageClass.Marketing,
        TemplateCategory.Utility => MessageClass.Utility,
        TemplateCategory.Authentication => MessageClass.Authentication,
        _ => throw new InvalidOperationException($"Unknown template category {category}."),
    };

    /// <summary>One new contact for all messages of the batch that name the same phone, in whichever spelling, or the same user id.</summary>
    private ContactId IdOfNew(SendRecipient recipient, Dictionary<string, ContactId> created)
    {
        var key = recipient.Phone ?? recipient.UserId!;
        if (created.TryGetValue(key, out var id))
            return id;
        id = new ContactId(ids.NewId());
        created[key] = id;
        if (recipient.PhoneVariant is { } variant)
            created[variant] = id;
        return id;
    }
}

using System.Text.Json;
using Herald.Domain;
using Herald.Domain.Campaigns;
using Herald.Domain.Consents;
using Herald.Domain.Messages;
using Herald.Domain.Senders;
using Herald.Grains.Messages;
using Herald.Grains.Tenants;
using Herald.Storage.Consents;
using Herald.Storage.Messages;
using Herald.Storage.Tenants;
using Herald.WhatsApp.Messages;
using Microsoft.Extensions.Options;
using Orleans;

namespace Herald.Grains.Consents;

internal class ContactConsentGrain(
    IConsentStore consents,
    ITenantStore tenants,
    IGrainFactory grains,
    IIdSource ids,
    IOptions<LifetimeOptions> lifetimes,
    TimeProvider time) : Grain, IContactConsentGrain
{
    private const int LedgerPageSize = 500;

    public async Task<RecordConsentResult> Record(RecordConsent command)
    {
        var now = time.GetUtcNow();
        return await RecordAsync(new ConsentEventRow
        {
            TenantId = GrainKeys.ParseTenant(Key),
            ContactId = GrainKeys.ParseContact(Key),
            EventId = new ConsentEventId(command.EventId ?? ids.NewId()),
            Purpose = (ConsentPurpose)command.Purpose,
            Action = (ConsentAction)command.Action,
            Scope = command.Sender is { } sender ? new SenderId(sender) : null,
            Source = (ConsentSource)command.Source,
            EvidenceKey = command.EvidenceKey,
            Evidence = command.Evidence,
            Actor = command.Actor,
            CampaignId = command.Campaign is { } campaign ? new CampaignId(campaign) : null,
            MessageId = command.Message is { } message ? new MessageId(message) : null,
            // What is dated ahead of its record would win against every later word of the person until that day.
            EventTime = Micros.ToTime(ConsentRules.EventTimeMicros(command.EventTime, now, (ConsentAction)command.Action, isWholeSeconds: false)),
            RecordTime = now,
        }, null, []);
    }

    public async Task<RecordConsentResult> Stop(KeywordReceived command)
    {
        var happened = ConsentRules.Stop(SourceOf(command), EventTime(command, ConsentAction.Revoke));
        return await RecordAsync(ToRow(command, happened), command.QuotedMessageId,
            await ConfirmationAsync(command, happened, ConsentTexts.StopConfirmation));
    }

    public async Task<RecordConsentResult> Start(KeywordReceived command)
    {
        var decision = ConsentRules.Start(SourceOf(command), EventTime(command, ConsentAction.Grant), await WasOptedInAsync(),
            (await SettingsAsync()).StartCountsAsOptIn);
        if (!decision.IsAccepted)
            return new RecordConsentResult { Recorded = false, MarketingGranted = false };
        return await RecordAsync(ToRow(command, decision.Change), command.QuotedMessageId,
            await ConfirmationAsync(command, decision.Change, ConsentTexts.StartConfirmation));
    }

    /// <summary>What the runtime calls this grain; outside of one, whoever made it says so.</summary>
    internal virtual string Key => this.GetPrimaryKeyString();

    private async Task<RecordConsentResult> RecordAsync(ConsentEventRow row, string? quoted, IReadOnlyList<NewMessage> outbox)
    {
        var result = await consents.RecordAsync(row, quoted, outbox, CancellationToken.None);
        return new RecordConsentResult
        {
            Recorded = result.Recorded,
            MarketingGranted = result.Projection.Marketing == ConsentState.Granted,
            Suppressed = result.Suppressed,
            ContactAbsent = result.ContactAbsent,
        };
    }

    private ConsentEventRow ToRow(KeywordReceived command, ConsentEvent happened) => new()
    {
        TenantId = GrainKeys.ParseTenant(Key),
        ContactId = GrainKeys.ParseContact(Key),
        EventId = new ConsentEventId(ids.NewId()),
        Purpose = happened.Purpose,
        Action = happened.Action,
        Scope = null,
        Source = happened.Source,
        EvidenceKey = KeywordReceived.EvidenceKeyOf(command.WhatsAppMessageId),
        Evidence = JsonSerializer.Serialize(new Dictionary<string, string>
        {
            ["wamid"] = command.WhatsAppMessageId,
            ["keyword"] = command.Keyword,
            ["language"] = command.Language,
        }),
        Actor = "contact",
        CampaignId = null,
        EventTime = Micros.ToTime(happened.EventTimeMicros),
        RecordTime = time.GetUtcNow(),
    };

    /// <summary>
    /// The one confirmation, queued in the transaction that records the event. None if the tenant switched it off, nor for a message that
    /// comes late and is overtaken: it would say what does not hold.
    /// </summary>
    private async Task<IReadOnlyList<NewMessage>> ConfirmationAsync(KeywordReceived command, ConsentEvent happened, Func<string, string, string> text)
    {
        var tenant = GrainKeys.ParseTenant(Key);
        if (!(await SettingsAsync()).ConfirmKeywords || await IsOvertakenAsync(happened)
            || await tenants.GetAsync(tenant, CancellationToken.None) is not { } row)
        {
            return [];
        }
        var now = time.GetUtcNow();
        return
        [
            new NewMessage
            {
                TenantId = tenant,
                MessageId = new MessageId(ids.NewId()),
                ContactId = GrainKeys.ParseContact(Key),
                SenderId = new SenderId(command.Sender),
                Class = MessageClass.Reply,
                Content = new TextContent(text(command.Language, row.DisplayName)).ToJson(),
                DedupeKey = $"consent:{command.WhatsAppMessageId}",
                DueTime = now,
                ExpireTime = lifetimes.Value.ExpireTime(MessageClass.Reply, now),
                CreateTime = now,
            },
        ];
    }

    /// <summary>Whether the opposite stands already, by an event of a later time.</summary>
    private async Task<bool> IsOvertakenAsync(ConsentEvent happened)
    {
        var opposite = happened.Action == ConsentAction.Grant ? ConsentState.Revoked : ConsentState.Granted;
        var scopes = await consents.GetAsync(GrainKeys.ParseTenant(Key), GrainKeys.ParseContact(Key), CancellationToken.None);
        return scopes.Any(scope => scope.Scope is null && scope.Marketing == opposite
            && Micros.FromTime(scope.MarketingTime) > happened.EventTimeMicros);
    }

    private async Task<bool> WasOptedInAsync()
    {
        ConsentEventId? after = null;
        while (true)
        {
            var page = await consents.ListEventsAsync(GrainKeys.ParseTenant(Key), GrainKeys.ParseContact(Key), after, LedgerPageSize,
                CancellationToken.None);
            if (page.Any(e => e is { Action: ConsentAction.Grant, Scope: null, Purpose: ConsentPurpose.Marketing or ConsentPurpose.All }))
                return true;
            if (page.Count < LedgerPageSize)
                return false;
            after = page[^1].EventId;
        }
    }

    private Task<TenantSettings> SettingsAsync() =>
        grains.GetGrain<ITenantGrain>(GrainKeys.Tenant(GrainKeys.ParseTenant(Key))).GetSettings();

    private long EventTime(KeywordReceived command, ConsentAction action) =>
        ConsentRules.EventTimeMicros(command.EventTime, time.GetUtcNow(), action, isWholeSeconds: true);

    private static ConsentSource SourceOf(KeywordReceived command) => command.IsButton ? ConsentSource.Button : ConsentSource.Keyword;
}

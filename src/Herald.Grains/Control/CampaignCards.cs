using System.Globalization;
using Herald.Domain.Campaigns;
using Herald.Domain.Control;
using Herald.Domain.Messages;
using Herald.Domain.Templates;
using Herald.Storage.Campaigns;
using Herald.Storage.Contacts;
using Herald.Storage.Portfolios;
using Herald.Storage.Templates;
using Herald.Storage.Tenants;

namespace Herald.Grains.Control;

/// <summary>Campaigns as the conversation shows them: their facts, figures and how long sending takes.</summary>
internal sealed class CampaignCards(ICampaignStore campaigns, ITemplateStore templates, ISenderStore senders, IContactListStore lists,
    IPortfolioStore portfolios, TimeProvider time)
{
    private const int ReadSize = 100;
    private const int ReadMax = 1_000;

    /// <summary>A cursor is the id of the last campaign of the page before.</summary>
    public async Task<ControlAnswer> FindAsync(ControlRequest.FindCampaigns request)
    {
        CampaignId? after = CampaignId.TryParse(request.Cursor, out var cursor) ? cursor : null;
        var found = new List<CampaignRow>();
        var read = 0;
        while (found.Count <= request.PageSize && read < ReadMax)
        {
            var page = await campaigns.ListAsync(request.Tenant, null, after, ReadSize, CancellationToken.None);
            found.AddRange(page.Where(row => request.States.Contains(row.State)
                && row.DisplayName.Contains(request.NameContains, StringComparison.OrdinalIgnoreCase)));
            if (page.Count < ReadSize)
                break;
            read += page.Count;
            after = page[^1].CampaignId;
        }
        var shown = found.Take(request.PageSize).ToList();
        var cards = new List<CampaignCard>(shown.Count);
        foreach (var row in shown)
            cards.Add(await CardAsync(row));
        return new ControlAnswer.Campaigns(cards, found.Count > shown.Count ? shown[^1].CampaignId.ToString() : "");
    }

    public async Task<ControlAnswer> LoadAsync(ControlRequest.LoadCampaign request)
    {
        var row = await campaigns.GetAsync(request.Tenant, request.Campaign, CancellationToken.None);
        if (row is null)
            return new ControlAnswer.Campaign(null);
        var card = await CardAsync(row);
        // Counting goes over the whole list, so only the campaign that is about to be launched is counted.
        return new ControlAnswer.Campaign(request.Action == ControlAction.Launch ? await WithLimitAsync(row, card, time.GetUtcNow()) : card);
    }

    /// <summary>The campaign, if launching it takes more people than its portfolio may reach by then. Null when it was launched by this request already.</summary>
    public async Task<CampaignCard?> FindOverLimitAsync(ControlRequest.LaunchCampaign request, string requestId)
    {
        if (await campaigns.GetAsync(request.Tenant, request.Campaign, CancellationToken.None) is not { } row || row.LastRequestId == requestId)
            return null;
        var card = await WithLimitAsync(row, await CardAsync(row), request.FirstSendTime);
        return card.ReachableNow is null ? null : card;
    }

    private async Task<CampaignCard> WithLimitAsync(CampaignRow row, CampaignCard card, DateTimeOffset at)
    {
        if (row.State is not (CampaignState.Draft or CampaignState.Scheduled)
            || await portfolios.ForecastAsync(row.TenantId, row.CampaignId, at, CancellationToken.None) is not { } forecast)
        {
            return card;
        }
        return card with
        {
            DailyLimit = forecast.PeopleMax,
            ReachableNow = forecast.IsOver ? forecast.PeopleNow : null,
            SpreadDays = forecast.Days,
        };
    }

    private async Task<CampaignCard> CardAsync(CampaignRow row)
    {
        var template = await templates.GetAsync(row.TenantId, row.TemplateId, CancellationToken.None);
        var sender = await senders.GetAsync(row.TenantId, row.SenderId, CancellationToken.None);
        var report = await campaigns.ReportAsync(row.TenantId, row.CampaignId, CancellationToken.None);
        var recipients = row.Recipients > 0 ? row.Recipients
            : (await lists.GetAsync(row.TenantId, row.ListId, CancellationToken.None))?.Members ?? 0;
        return new CampaignCard
        {
            Id = row.CampaignId,
            Name = row.DisplayName,
            State = row.State,
            PauseCause = row.PauseCause,
            TemplateName = template is null ? "" : string.Create(CultureInfo.InvariantCulture, $"{template.Name} ({template.Language})"),
            TemplateState = template?.State ?? TemplateState.Deleted,
            SenderName = sender?.VerifiedName ?? "",
            Recipients = recipients,
            EstimatedDuration = sender is { MessagesPerSecond: > 0 } ? TimeSpan.FromSeconds((double)recipients / sender.MessagesPerSecond) : null,
            Queued = Count(report, MessageState.Queued) + Count(report, MessageState.Claimed),
            Sent = report?.SentTotal ?? 0,
            Delivered = report?.DeliveredTotal ?? 0,
            Read = report?.ReadTotal ?? 0,
            Failed = Count(report, MessageState.Failed),
            Suppressed = Count(report, MessageState.Suppressed),
            OptedOut = report?.OptedOut ?? 0,
        };
    }

    private static long Count(CampaignReportRow? report, MessageState state) => report?.ByState.GetValueOrDefault(state) ?? 0;
}

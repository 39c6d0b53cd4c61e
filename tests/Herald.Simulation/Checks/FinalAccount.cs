using Herald.Domain.Campaigns;
using Herald.Domain.Messages;
using Herald.Simulation.Meta;
using Herald.Simulation.World;
using Herald.Storage.Campaigns;
using Microsoft.Extensions.DependencyInjection;

namespace Herald.Simulation.Checks;

/// <summary>What must hold when all is over: nothing lost, everything explained, and all figures add up.</summary>
internal sealed class FinalAccount(Ledger ledger, MetaModel meta, IServiceProvider stores, IReadOnlyList<Business> businesses, FaultPlan plan)
{
    public async Task CheckAsync()
    {
        foreach (var message in ledger.Messages)
            CheckMessage(message);
        foreach (var (wamid, words) in ledger.People.AllWords)
            CheckWords(wamid, words);
        foreach (var business in businesses)
        {
            foreach (var (campaign, audience) in business.Campaigns)
                await CheckCampaignAsync(business, campaign, audience);
        }
    }

    private void CheckMessage(MessageShadow message)
    {
        var accepted = meta.Accepted.GetValueOrDefault(Guid.Parse(message.Id));
        if (accepted is not null)
        {
            var best = accepted.Told.MaxBy(MessageLifecycle.Rank);
            if (message.State != best)
                ledger.Break("statuses", $"message {message.Id} ended as {message.State}; Meta's last word was {best}");
            return;
        }
        if (message.State is MessageState.Accepted or MessageState.Sent or MessageState.Delivered or MessageState.Read)
            ledger.Break("truth", $"message {message.Id} ended as {message.State}; Meta never took it");
        if (message.State == MessageState.Unknown && message.Attempts == 0)
            ledger.Break("unknown outcome", $"message {message.Id} is unknown and was never claimed");
        if (message.State == MessageState.Unknown && plan.IsHarmless)
            ledger.Break("unknown outcome", $"message {message.Id} is unknown, although nothing went wrong");
        if ((message.State == MessageState.Suppressed && message.Reason == 0) || (message.State == MessageState.Failed && message.Code == 0))
            ledger.Break("reason", $"message {message.Id} ended as {message.State}, and nothing says why");
    }

    /// <summary>Each opt-out that a node confirmed has been recorded, and has been answered once at most (by the message's key).</summary>
    private void CheckWords(string wamid, Words words)
    {
        if (words.Text is "STOP" or "UNSUBSCRIBE" && !ledger.Consents.Knows(words.Tenant, words.Contact, $"wamid:{wamid}"))
            ledger.Break("consent", $"contact {words.Contact} wrote {words.Text} ({wamid}), and it is recorded nowhere");
    }

    private async Task CheckCampaignAsync(Business business, CampaignId campaign, int audience)
    {
        var row = await stores.GetRequiredService<ICampaignStore>().GetAsync(business.Tenant, campaign, CancellationToken.None);
        var report = await stores.GetRequiredService<ICampaignStore>().ReportAsync(business.Tenant, campaign, CancellationToken.None);
        if (row is null || report is null)
        {
            ledger.Break("lost", $"campaign {campaign} is gone");
            return;
        }
        var messages = ledger.Messages.Where(message => message.Campaign == campaign.ToString()).ToList();
        if (row.State is not (CampaignState.Completed or CampaignState.Cancelled))
            ledger.Break("rest", $"campaign {campaign} ended as {row.State}");
        if (row.State == CampaignState.Completed && (messages.Count != audience || row.Recipients != audience))
            ledger.Break("lost", $"campaign {campaign} has {messages.Count} messages and counts {row.Recipients} for {audience} people");
        if (row.State == CampaignState.Completed && messages.Find(message => message.State == MessageState.Cancelled) is { } cancelled)
            ledger.Break("lost", $"campaign {campaign} completed, and message {cancelled.Id} of it was cancelled");
        if (messages.Select(message => message.Contact).Distinct(StringComparer.Ordinal).Count() != messages.Count)
            ledger.Break("twice", $"campaign {campaign} has two messages for one person");
        if (report.Recipients != messages.Count || report.ByState.Values.Sum() != report.Recipients)
            ledger.Break("figures", $"campaign {campaign} reports {report.Recipients} recipients and {report.ByState.Values.Sum()} states for {messages.Count} messages");
        foreach (var (state, count) in report.ByState)
        {
            if (messages.Count(message => message.State == state) != count)
                ledger.Break("figures", $"campaign {campaign} reports {count} as {state}");
        }
    }
}

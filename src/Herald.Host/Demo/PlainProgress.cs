using Herald.Contracts.Campaigns.V1;

namespace Herald.Host.Demo;

/// <summary>A line for each further tenth of the recipients.</summary>
internal sealed class PlainProgress(Action<string> line)
{
    private long _tenths = -1;

    public void Draw(WatchCampaignResponse update)
    {
        var report = update.CampaignReport;
        var tenths = report.RecipientCount == 0 ? 0 : report.SentTotal * 10 / report.RecipientCount;
        if (tenths == _tenths)
            return;
        _tenths = tenths;
        line($"{update.Campaign.State,-10} " + string.Join(", ", DemoReport.Bars.Select(bar => $"{bar.Name} {bar.Count(report):N0}")));
    }
}

using Herald.Contracts.Campaigns.V1;

namespace Herald.Host.Demo;

/// <summary>A campaign's report as rows and bars.</summary>
internal static class DemoReport
{
    public static IReadOnlyList<(string Name, Func<CampaignReport, long> Count)> Bars { get; } =
    [
        ("sent", report => report.SentTotal),
        ("delivered", report => report.DeliveredTotal),
        ("read", report => report.ReadTotal),
        ("failed", report => report.FailedCount),
        ("suppressed", report => report.SuppressedCount),
    ];

    public static IEnumerable<(string Figure, long Count)> Rows(CampaignReport report)
    {
        yield return ("recipients", report.RecipientCount);
        yield return ("queued", report.QueuedCount + report.InFlightCount);
        yield return ("suppressed", report.SuppressedCount);
        foreach (var reason in report.SuppressedByReason)
            yield return ($"  {reason.Reason}", reason.Count);
        yield return ("sent", report.SentTotal);
        yield return ("delivered", report.DeliveredTotal);
        yield return ("read", report.ReadTotal);
        yield return ("failed", report.FailedCount);
        foreach (var code in report.FailedByCode)
            yield return ($"  {code.Code} {code.Title}", code.Count);
        yield return ("unknown", report.UnknownCount);
        yield return ("opted out", report.OptedOutCount);
    }
}

using Herald.Contracts.Campaigns.V1;
using Herald.Simulator;

namespace Herald.Host.Demo;

/// <summary>Holds Herald's figures against each other and against what the simulated WhatsApp counted by itself.</summary>
internal static class DemoCheck
{
    public static IReadOnlyList<string> Problems(CampaignReport report, SimulatorState state, int recipients)
    {
        var problems = new List<string>();
        var marketing = state.AcceptedByCategory.GetValueOrDefault("MARKETING");
        var left = report.AcceptedCount + report.SentCount + report.DeliveredCount + report.ReadCount + report.FailedCount;
        Equal("The final states together", left + report.SuppressedCount + report.ExpiredCount + report.CancelledCount + report.UnknownCount, recipients);
        Equal("Recipients", report.RecipientCount, recipients);
        Equal("Messages still queued or in flight", report.QueuedCount + report.InFlightCount, 0);
        Equal("Messages without any status", report.AcceptedCount + report.UnknownCount, 0);
        Equal("Messages that left Herald", left, marketing);
        Equal("Suppressed by reason", report.SuppressedByReason.Sum(reason => reason.Count), report.SuppressedCount);
        Equal("Failed by code", report.FailedByCode.Sum(code => code.Count), report.FailedCount);
        foreach (var (code, count) in state.FailedByCode)
            Equal($"Failed with {code}", report.FailedByCode.FirstOrDefault(failed => failed.Code == code)?.Count ?? 0, count);
        Equal("Sent, by status", report.SentTotal, state.Statuses.GetValueOrDefault("sent") - SentReplies(state));
        Equal("Messages received twice", state.DuplicateCallbackData, 0);
        Equal("Messages sent after STOP", state.SendsAfterStop, 0);
        return problems;

        void Equal(string what, long actual, long expected)
        {
            if (actual != expected)
                problems.Add($"{what}: {actual}, expected {expected}.");
        }
    }

    public static bool Same(CampaignReport one, CampaignReport other)
    {
        var (left, right) = (one.Clone(), other.Clone());
        (left.AsOfTime, right.AsOfTime) = (null, null);
        return left.Equals(right);
    }

    /// <summary>Confirmations and the owner's chat get statuses too; each is sent exactly once.</summary>
    private static long SentReplies(SimulatorState state) => state.AcceptedByCategory.GetValueOrDefault("SERVICE");
}

using System.Globalization;
using Herald.Contracts.Campaigns.V1;
using Herald.Domain.Messages;
using Herald.Storage.Messages;

namespace Herald.Chaos.Verdicts;

/// <summary>Holds what the parties say against each other.</summary>
internal sealed class Judge(ChaosWorld world, Trouble trouble, Evidence evidence)
{
    private const int ExamplesMax = 5;
    private readonly List<Check> _checks = [];

    public static Verdict Decide(ChaosWorld world, Trouble trouble, Evidence evidence, TimeSpan rest, string? unrest)
    {
        var judge = new Judge(world, trouble, evidence);
        judge.Equal("Did not come to rest", unrest is null ? 0 : 1, 0, unrest ?? "");
        judge.CheckLost();
        judge.CheckTwice();
        judge.CheckUnknown();
        judge.CheckCounts();
        judge.CheckProcesses();
        return new Verdict(judge.Figures(rest), judge._checks);
    }

    /// <summary>Every recipient has one message in one final state, and both sides agree on which of them were received.</summary>
    private void CheckLost()
    {
        var audience = new Audience(world.Options);
        var byCampaign = evidence.Messages.Values.Where(message => message.CampaignId is not null).ToLookup(message => message.CampaignId);
        for (var index = 0; index < world.Campaigns.Count; index++)
        {
            var campaign = Guid.Parse(world.Campaigns[index].Split('/')[^1]);
            Equal($"Campaign {index + 1}: recipients with a message", byCampaign[campaign].Count(), audience.Count(index), world.Campaigns[index]);
        }
        None("Campaigns that are not completed", evidence.Campaigns.Where(campaign => campaign.State != CampaignState.Completed).Select(campaign => campaign.Name));
        None("Messages without a final state", Ids(message => message.IsOpen));
        None("Received, and not known to have left", Ids(message => IsReceived(message) && !message.HasLeft && message.State != MessageState.Failed));
        None("Known to have left, and never received", Ids(message => message.HasLeft && !IsReceived(message)));
        None("Received, and not of this system", evidence.Received.Keys.Where(id => !evidence.Messages.ContainsKey(id)).Select(Text));
        None("Received without a row in the journal before",
            evidence.Received.Where(pair => !evidence.Attempts[pair.Key].Any(attempt => attempt.Start <= pair.Value.Time)).Select(pair => Text(pair.Key)));
        None("Failed without a reason", Ids(message => message.State == MessageState.Failed && message.ErrorCode == 0 && message.ErrorDetail.Length == 0));
    }

    private void CheckTwice()
    {
        None("Messages received twice",
            evidence.Sends.GroupBy(send => send.CallbackData).Where(group => group.Count() > 1).Select(group => group.Key ?? "without an id"));
        None("People who got a campaign twice",
            evidence.Sends.Where(send => send.Category == "MARKETING").GroupBy(send => (send.PhoneNumberId, send.Phone)).Where(group => group.Count() > 1)
                .Select(group => string.Join(" and ", group.Select(send => send.CallbackData))));
        None("Sent after an acknowledged STOP", evidence.SentAfterStop);
        None("Sent by a host that had slept through its lease", LateSends());
    }

    /// <summary>What was claimed before a host stood still, and reached WhatsApp after it went on.</summary>
    private IEnumerable<string> LateSends()
    {
        foreach (var (id, send) in evidence.Received)
        {
            // Only the last attempt can be the one that arrived: the others ended in a refusal or never left.
            if (evidence.Attempts[id].LastOrDefault() is not { } attempt)
                continue;
            foreach (var sleep in world.Hosts.Interruptions)
            {
                if (sleep.Until is { } awake && sleep.Process == attempt.Process && attempt.Start < sleep.From && send.Time > awake)
                    yield return string.Create(CultureInfo.InvariantCulture, $"{id} {(send.Time - awake).TotalMilliseconds:0} ms after it went on");
            }
        }
    }

    /// <summary>An UNKNOWN has an attempt that says so and what took its answer away; WhatsApp never had it, or a status would have settled it.</summary>
    private void CheckUnknown()
    {
        var unknown = NeverSettled();
        var inState = unknown.Count(message => message.State == MessageState.Unknown);
        None("UNKNOWN or ended so, without an attempt that ended so",
            Ids(message => message.State is MessageState.Unknown or MessageState.Expired && LastOutcome(message) != AttemptOutcome.Unknown));
        None("UNKNOWN that nothing explains", unknown.Where(message => ReasonOf(message) is null).Select(message => Text(message.MessageId)));
        None("UNKNOWN that WhatsApp received", unknown.Where(IsReceived).Select(message => Text(message.MessageId)));
        None("Attempts that are still open",
            evidence.Attempts.SelectMany(attempts => attempts).Where(attempt => attempt.Outcome == AttemptOutcome.Open).Select(attempt => Text(attempt.MessageId)));
        Equal("UNKNOWN listed over gRPC, against the database", evidence.ListedUnknown.Count, inState, "");
        if (world.Options.AwaitsGrace)
            Equal("UNKNOWN that did not end after the grace time", inState, 0, "");
    }

    /// <summary>Those of which nobody ever heard, UNKNOWN still or ended after the grace time.</summary>
    private List<StoredMessage> NeverSettled() =>
        [.. evidence.Messages.Values.Where(message => message.State is MessageState.Unknown or MessageState.Expired && LastOutcome(message) == AttemptOutcome.Unknown)];

    private AttemptOutcome? LastOutcome(StoredMessage message) => evidence.Attempts[message.MessageId].LastOrDefault()?.Outcome;

    /// <summary>Why nobody knows what became of it; null when nothing in this run explains it.</summary>
    private string? ReasonOf(StoredMessage message)
    {
        var detail = world.Unknown.Find(message.MessageId) ?? message.ErrorDetail;
        if (detail.Length > 0)
            return detail;
        if (evidence.Attempts[message.MessageId].LastOrDefault() is not { } attempt)
            return null;
        var interruption = world.Hosts.Interruptions.FirstOrDefault(one =>
            one.Process == attempt.Process && one.From <= attempt.End && (one.Until ?? one.From) >= attempt.Start);
        return interruption switch
        {
            { Until: null } => "Its host was killed before it wrote the outcome.",
            not null => "Its host stood still until the claim had run out.",
            null => trouble.Restarts.Any(restart => restart.From <= attempt.End && restart.Until >= attempt.Start)
                ? "PostgreSQL was away, and its host did not hear whether the claim was committed."
                : null,
        };
    }

    private void CheckCounts()
    {
        var whatsApp = evidence.WhatsApp;
        var replies = evidence.Messages.Values.Where(message => message.CampaignId is null).ToList();
        for (var index = 0; index < evidence.Reports.Count; index++)
        {
            var report = evidence.Reports[index];
            var number = world.Numbers[index].PhoneNumberId;
            var sum = report.QueuedCount + report.InFlightCount + report.AcceptedCount + report.SentCount + report.DeliveredCount + report.ReadCount
                + report.FailedCount + report.SuppressedCount + report.ExpiredCount + report.CancelledCount + report.UnknownCount;
            Equal($"Campaign {index + 1}: all states over gRPC", sum, report.RecipientCount, "");
            var left = report.AcceptedCount + report.SentCount + report.DeliveredCount + report.ReadCount
                + report.FailedByCode.Where(failed => whatsApp.FailedByCode.ContainsKey(failed.Code)).Sum(failed => failed.Count);
            Equal($"Campaign {index + 1}: left over gRPC, against received", left,
                evidence.Sends.Where(send => send.PhoneNumberId == number && send.Category == "MARKETING").DistinctBy(send => send.CallbackData).Count(), "");
        }
        foreach (var (code, count) in whatsApp.FailedByCode.OrderBy(pair => pair.Key))
        {
            Equal($"Failed with {code} over gRPC, against told", Sum(report => report.FailedByCode.Where(failed => failed.Code == code).Sum(failed => failed.Count)), count, "");
        }
        Equal("Sent over gRPC, against told", Sum(report => report.SentTotal) + replies.Count(message => IsAtLeast(message, MessageState.Sent)), Told("sent"), "");
        Equal("Delivered over gRPC, against told", Sum(report => report.DeliveredTotal) + replies.Count(message => IsAtLeast(message, MessageState.Delivered)), Told("delivered"), "");
        Equal("Read over gRPC, against told", Sum(report => report.ReadTotal) + replies.Count(message => IsAtLeast(message, MessageState.Read)), Told("read"), "");
        Equal("Opted out over gRPC, against said", Sum(report => report.OptedOutCount), whatsApp.StopsSaid, "");
        Equal("Webhooks that were given up", whatsApp.UpdatesDropped, 0, "");
        Equal("Webhooks acknowledged and not processed", evidence.UnprocessedDeliveries, 0, "");

        long Told(string status) => whatsApp.Statuses.GetValueOrDefault(status);
        long Sum(Func<CampaignReport, long> count) => evidence.Reports.Sum(count);
    }

    /// <summary>No host gave up by itself, and what was to go wrong did.</summary>
    private void CheckProcesses()
    {
        None("Hosts that ended by themselves", world.Hosts.EndedByThemselves.Select(words => words.Split('\n')[^1]));
        Equal("Suspensions that were to be and were not", Math.Max(0, world.Options.SuspendAt.Count - trouble.Suspensions), 0, "");
        Equal("Restarts of PostgreSQL that were to be and were not", Math.Max(0, world.Options.RestartAt.Count - trouble.Restarts.Count), 0, "");
        Equal("No host was killed", trouble.Kills > 0 ? 0 : 1, 0, "");
    }

    private List<(string, string)> Figures(TimeSpan rest)
    {
        var unknown = NeverSettled();
        var settled = evidence.Messages.Values.Count(message => IsReceived(message) && LastOutcome(message) == AttemptOutcome.Unknown);
        var whatsApp = evidence.WhatsApp;
        var figures = new List<(string, string)>
        {
            ("Trouble, then rest", string.Create(CultureInfo.InvariantCulture, $"{trouble.Lasted.TotalSeconds:0} s, {rest.TotalSeconds:0} s")),
            ("Hosts killed, suspended", $"{trouble.Kills}, {trouble.Suspensions}"),
            ("PostgreSQL restarted fast, at once", $"{trouble.Restarts.Count(restart => !restart.Immediate)}, {trouble.Restarts.Count(restart => restart.Immediate)}"),
            ("Starts of a host repeated, because the database was away", $"{world.Hosts.StartsRepeated}"),
            ("Network to WhatsApp cut, webhooks held back", $"{trouble.Outages}, {trouble.WebhookHolds}"),
            ("Sends harmed, webhooks posted, posted again", Numbers(whatsApp.FaultsInjected, whatsApp.WebhookPosts, whatsApp.WebhookPostsFailed)),
            ("Received, different messages", Numbers(whatsApp.AcceptedSends, whatsApp.DistinctCallbackData)),
            ("Said STOP, acknowledged", Numbers(whatsApp.StopsSaid, whatsApp.StopsAcknowledged)),
            ("Longest from a webhook's acknowledgement until it was processed", string.Create(CultureInfo.InvariantCulture, $"{evidence.SlowestDelivery.TotalSeconds:0.0} s")),
            ("Messages by state", string.Join(", ", evidence.Messages.Values.GroupBy(message => message.State).OrderBy(group => group.Key)
                .Select(group => string.Create(CultureInfo.InvariantCulture, $"{group.Key} {group.Count():N0}")))),
            ("Outcomes lost on the way and settled by a status", Numbers(settled)),
            ("UNKNOWN for ever, EXPIRED of them after the grace time", Numbers(unknown.Count, unknown.Count(message => message.State == MessageState.Expired))),
        };
        foreach (var reason in unknown.GroupBy(message => ReasonOf(message) ?? "Nothing explains it.").OrderByDescending(group => group.Count()))
            figures.Add(($"  UNKNOWN: {reason.Key}", Numbers(reason.Count())));
        return figures;
    }

    private bool IsReceived(StoredMessage message) => evidence.Received.ContainsKey(message.MessageId);

    private static bool IsAtLeast(StoredMessage message, MessageState state) => message.State >= state && message.HasLeft;

    private IEnumerable<string> Ids(Func<StoredMessage, bool> which) =>
        evidence.Messages.Values.Where(which).Select(message => $"{message.MessageId} {message.State}");

    private void None(string what, IEnumerable<string> found)
    {
        var all = found.ToList();
        Equal(what, all.Count, 0, string.Join("; ", all.Take(ExamplesMax)));
    }

    private void Equal(string what, long found, long expected, string detail) => _checks.Add(new Check(what, found, expected, detail));

    private static string Numbers(params long[] counts) => string.Join(", ", counts.Select(count => count.ToString("N0", CultureInfo.InvariantCulture)));

    private static string Text(Guid id) => id.ToString();
}

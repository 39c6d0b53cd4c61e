using Google.Protobuf.WellKnownTypes;
using Herald.Api.Calls;
using Herald.Contracts;
using Herald.Contracts.Messages.V1;
using Herald.Domain.Campaigns;
using Herald.Domain.Messages;
using Herald.Domain.Senders;
using Herald.Storage.Messages;
using Herald.WhatsApp.Errors;
using AttemptOutcome = Herald.Contracts.Messages.V1.AttemptOutcome;
using MessageState = Herald.Domain.Messages.MessageState;
using Stored = Herald.Storage.Messages.AttemptOutcome;

namespace Herald.Api.Messages.Story;

/// <summary>
/// Tells a message's story from the rows that hold its facts: nothing is kept for it alone. Every event has a sentence that a person can
/// read; none of them holds a phone number or what the message says.
/// </summary>
internal static class StoryTeller
{
    /// <summary>Ranks from here on follow all attempts of the same moment.</summary>
    private const int AfterAttempts = 1_000 * StoryStep.RanksMax;

    private const string Undelivered = "WhatsApp reported that it will not arrive.";

    private static readonly TimeSpan WholeSecond = TimeSpan.FromSeconds(1);

    /// <summary>All that is known, in order of time.</summary>
    public static IReadOnlyList<StoryStep> Tell(MessageStory story)
    {
        var steps = new List<StoryStep> { Selected(story) };
        steps.AddRange(Waiting(story));
        steps.AddRange(story.Attempts.SelectMany(attempt => Attempted(story, attempt)));
        steps.AddRange(Reported(story));
        if (Ended(story) is { } end)
            steps.Add(end);
        steps.AddRange(story.Answers.Select((answer, place) => Answered(story, answer, place)));
        steps.Sort();
        return steps;
    }

    private static StoryStep Selected(MessageStory story)
    {
        var row = story.Message;
        var told = Event(row.CreateTime, MessageEventKind.Selected, "Herald answered the contact by itself.");
        if (row.CampaignId is { } campaign)
        {
            told.Campaign = CampaignName.Format(row.TenantId.Value, campaign.Value);
            told.Text = "The campaign is gone that chose the contact.";
            if (story.Campaign is { } chosenBy)
            {
                told.ContactList = ContactListName.Format(row.TenantId.Value, chosenBy.ListId.Value);
                told.Text = "The campaign chose the contact, who stood in its contact list when the audience was frozen.";
            }
        }
        else if (row.ApiKeyId is { } key)
        {
            told.Actor = ApiKeyName.Format(row.TenantId.Value, key.Value);
            told.Text = "A caller of the API sent it to the contact.";
        }
        return new StoryStep(row.CreateTime, 0, told);
    }

    private static IEnumerable<StoryStep> Waiting(MessageStory story)
    {
        var row = story.Message;
        if (row.LimitHoldTime is { } limitTime)
        {
            var held = Held(1, limitTime, "Its sender's portfolio had reached as many people as WhatsApp lets it reach in 24 hours, so it was put off.");
            held.Event.DueTime = row.LimitDueTime.ToProto();
            yield return held;
        }
        if (row.ContactHoldTime is { } contactTime)
        {
            var held = Held(7, contactTime, "WhatsApp withheld marketing from the contact (code 131049), so no marketing goes to them for some time.");
            held.Event.DueTime = row.ContactHoldUntil.ToProto();
            yield return held;
        }
        if (row.SendTime is { } scheduled)
        {
            var told = Event(row.CreateTime, MessageEventKind.Scheduled, "It waits for the time that it was sent for.");
            told.DueTime = scheduled.ToProto();
            yield return new StoryStep(row.CreateTime, 1, told);
        }
        if (row.State != MessageState.Queued)
            yield break;
        if (story.Campaign is { State: CampaignState.Paused } paused)
        {
            var why = paused.StateDetail.Length == 0 ? "" : $" {paused.StateDetail}";
            yield return Held(2, paused.UpdateTime, $"Its campaign is paused: {Word(paused.PauseCause.ToString())}.{why}");
        }
        if (story.Sender is { } sender && !SenderLifecycle.MaySend(sender.State))
            yield return Held(6, sender.UpdateTime, $"Its sender is {Word(sender.State.ToString())}.");
        else if (story.Sender is { IsMarketingStopped: true } limited && row.Class == Domain.Messages.MessageClass.Marketing)
            yield return Held(6, limited.UpdateTime, $"Its sender may send no marketing for now. {limited.StateReason}");
    }

    private static StoryStep Held(int rank, DateTimeOffset since, string text) => new(since, rank, Event(since, MessageEventKind.Held, text));

    private static IEnumerable<StoryStep> Attempted(MessageStory story, AttemptRow attempt)
    {
        yield return OfAttempt(attempt, attempt.StartTime, 3, MessageEventKind.Claimed, "A node took it up to send it.");
        if (attempt.EndTime is not { } endTime)
            yield break;
        var answer = OfAttempt(attempt, endTime, 4, MessageEventKind.Answered, TextOf(attempt));
        answer.Event.Outcome = attempt.Outcome switch
        {
            Stored.Accepted => AttemptOutcome.Accepted,
            Stored.Refused => AttemptOutcome.Refused,
            Stored.Unknown => AttemptOutcome.Unknown,
            Stored.NotSent => AttemptOutcome.NotSent,
            _ => AttemptOutcome.Unspecified,
        };
        if (attempt.LatencyMs is { } latency)
            answer.Event.Latency = Duration.FromTimeSpan(TimeSpan.FromMilliseconds(latency));
        NoteError(answer.Event, attempt.ErrorCode, StoredTextOf(story, attempt, attempt.ErrorCode));
        yield return answer;
        if (attempt.FailTime is { } failTime)
        {
            var failed = OfAttempt(attempt, failTime, 6, MessageEventKind.Failed, Undelivered);
            NoteError(failed.Event, attempt.FailCode ?? 0, StoredTextOf(story, attempt, attempt.FailCode ?? 0));
            yield return failed;
        }
        if (attempt.RetryTime is not { } retryTime)
            yield break;
        var retry = OfAttempt(attempt, attempt.FailTime ?? endTime, 8, MessageEventKind.Rescheduled, "It was put off.");
        retry.Event.DueTime = retryTime.ToProto();
        yield return retry;
    }

    /// <summary>The message keeps what was said last; of what was said of the attempts before, the journal keeps the codes.</summary>
    private static string StoredTextOf(MessageStory story, AttemptRow attempt, int code) =>
        code != 0 && story.Message.ErrorCode == code && story.Message.State != MessageState.Expired && attempt == story.Attempts[^1]
            ? story.Message.ErrorDetail
            : "";

    private static StoryStep OfAttempt(AttemptRow attempt, DateTimeOffset at, int rank, MessageEventKind kind, string text)
    {
        var told = Event(at, kind, text);
        (told.Attempt, told.Node, told.Epoch) = (attempt.Attempt, attempt.Node, attempt.Epoch);
        return new StoryStep(at, rank, told);
    }

    private static string TextOf(AttemptRow attempt) => attempt.Outcome switch
    {
        Stored.Accepted => "WhatsApp took it.",
        Stored.Refused => "WhatsApp refused it.",
        Stored.Unknown => "WhatsApp's answer never came, so it may or may not have been sent.",
        Stored.NotSent => "No request was made.",
        _ => "Its outcome is open.",
    };

    private static IEnumerable<StoryStep> Reported(MessageStory story)
    {
        var row = story.Message;
        var priced = false;
        (MessageEventKind Kind, DateTimeOffset? Time, string Text)[] statuses =
        [
            (MessageEventKind.Sent, row.SentTime, "It left WhatsApp for the recipient."),
            (MessageEventKind.Delivered, row.DeliveredTime, "It reached a device of the recipient."),
            (MessageEventKind.Read, row.ReadTime, "It was opened."),
        ];
        foreach (var status in statuses)
        {
            if (status.Time is not { } time)
                continue;
            var told = Event(time, status.Kind, status.Text);
            if (!priced && row.Price is { } price)
                told.Pricing = MessagePrice.FromValue(price).ToProto();
            priced = true;
            yield return new StoryStep(Lifted(row, time), AfterAttempts + (int)status.Kind, told);
        }
        // That of an attempt is told with it.
        if (row.FailTime is not { } failTime || story.Attempts.Any(attempt => attempt.FailTime == failTime && attempt.FailCode == row.FailCode))
            yield break;
        var failed = Event(failTime, MessageEventKind.Failed, Undelivered);
        NoteError(failed, row.FailCode ?? 0, row.State == MessageState.Failed && row.ErrorCode == row.FailCode ? row.ErrorDetail : "");
        yield return new StoryStep(Lifted(row, failTime), AfterAttempts + (int)MessageEventKind.Failed, failed);
    }

    /// <summary>WhatsApp cuts its times to the second, and what it reports did not happen before it took the message.</summary>
    private static DateTimeOffset Lifted(MessageRow row, DateTimeOffset time) =>
        row.AcceptTime is { } accepted && time < accepted && accepted - time < WholeSecond ? accepted : time;

    private static StoryStep? Ended(MessageStory story)
    {
        var row = story.Message;
        if (row.EndTime is not { } endTime)
            return null;
        var (kind, text) = row.State switch
        {
            MessageState.Suppressed => (MessageEventKind.Suppressed, TextOf(row.SuppressionReason.ToProto())),
            MessageState.Failed => (MessageEventKind.Failed, "It failed for good."),
            MessageState.Expired => (MessageEventKind.Expired, TextOfExpiry(story)),
            MessageState.Cancelled => (MessageEventKind.Cancelled, TextOfCancelling(row)),
            _ => (MessageEventKind.Unspecified, ""),
        };
        // A status that said so is told already.
        if (kind == MessageEventKind.Unspecified || (kind == MessageEventKind.Failed && row.FailTime == endTime))
            return null;
        var told = Event(endTime, kind, text);
        if (kind == MessageEventKind.Suppressed)
        {
            told.SuppressionReason = Upper(row.SuppressionReason.ToString());
            if (story.Barred is { } barred)
                told.ConsentEvent = ConsentEventName.Format(row.TenantId.Value, row.ContactId.Value, barred.EventId.Value);
        }
        if (kind == MessageEventKind.Cancelled && row.CancelKeyId is { } key)
            told.Actor = ApiKeyName.Format(row.TenantId.Value, key.Value);
        if (kind == MessageEventKind.Failed)
            NoteError(told, row.ErrorCode, row.ErrorDetail);
        return new StoryStep(endTime, AfterAttempts + (int)MessageEventKind.Failed, told);
    }

    private static string TextOfCancelling(MessageRow row) =>
        row.CancelKeyId is null ? "Its campaign had ended before it was sent." : "A caller of the API cancelled it before it was sent.";

    /// <summary>Without a code it is what it waited for until the end. What stands there of an earlier refusal is not why it ended.</summary>
    private static string TextOfExpiry(MessageStory story) =>
        (story.Attempts is [.., { Outcome: Stored.Unknown }] || story.Message.ErrorCode == 0) && story.Message.ErrorDetail.Length > 0
            ? FailureText.Read(story.Message.ErrorDetail).Explanation
            : "Its time ran out before it was sent.";

    private static StoryStep Answered(MessageStory story, Storage.Consents.ConsentEventRow answer, int place)
    {
        var verb = answer.Action == Domain.Consents.ConsentAction.Revoke ? "refused" : "allowed";
        var what = answer.Purpose == Domain.Consents.ConsentPurpose.All ? "everything" : answer.Purpose.ToString().ToLowerInvariant();
        var told = Event(answer.EventTime, MessageEventKind.AnsweredByContact, $"The contact {verb} {what} in answer to it.");
        told.ConsentEvent = ConsentEventName.Format(story.Message.TenantId.Value, answer.ContactId.Value, answer.EventId.Value);
        return new StoryStep(answer.EventTime, AfterAttempts + (int)MessageEventKind.AnsweredByContact + (place * StoryStep.RanksMax), told);
    }

    private static void NoteError(MessageEvent told, int code, string stored)
    {
        if (MessageMapping.ToError(code, stored) is not { } error)
            return;
        (told.ErrorCode, told.ErrorTitle, told.ErrorExplanation, told.ErrorDetail) = (error.Code, error.Title, error.Explanation, error.Detail);
        told.Reaction = code == 0 ? "" : Upper(MetaErrors.Find(code, null)?.Reaction.ToString() ?? "");
    }

    private static string TextOf(SuppressionReason reason) => reason switch
    {
        SuppressionReason.NoOptIn => "It was not sent: marketing needs a recorded opt-in, and there is none.",
        SuppressionReason.OptedOut => "It was not sent: the contact refuses such messages.",
        SuppressionReason.SenderPreference => "It was not sent: the contact stopped marketing from this sender.",
        SuppressionReason.NoAddress => "It was not sent: the contact has neither a phone number nor a user id.",
        SuppressionReason.Erased => "It was not sent: the contact was erased.",
        SuppressionReason.Restricted => "It was not sent: the contact is restricted, so that its data is kept and not used.",
        SuppressionReason.Unreachable => "It was not sent: WhatsApp said earlier that the contact cannot be reached.",
        SuppressionReason.WindowClosed => "It was not sent: 24 hours had passed since the contact last wrote.",
        _ => $"It was not sent: {Word(reason.ToString())}.",
    };

    private static MessageEvent Event(DateTimeOffset at, MessageEventKind kind, string text) => new() { EventTime = at.ToProto(), Kind = kind, Text = text };

    /// <summary>A name of an enumeration's value as words: <c>TemplatePaused</c> as "template paused".</summary>
    private static string Word(string name) => Upper(name).Replace('_', ' ').ToLowerInvariant();

    private static string Upper(string name) => string.Concat(name.Select((letter, i) =>
        i > 0 && char.IsUpper(letter) ? $"_{letter}" : char.ToUpperInvariant(letter).ToString()));
}

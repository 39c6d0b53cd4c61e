using Herald.Api.Messages.Story;
using Herald.Api.Tests.Support;
using Herald.Contracts.Messages.V1;
using Herald.Domain.Campaigns;
using Herald.Domain.Consents;
using Herald.Domain.Contacts;
using Herald.Domain.Messages;
using Herald.Domain.Senders;
using Herald.Domain.Templates;
using Herald.Domain.Tenants;
using Herald.Storage.Campaigns;
using Herald.Storage.Consents;
using Herald.Storage.Messages;
using Herald.Testing;
using MessageState = Herald.Domain.Messages.MessageState;
using Outcome = Herald.Storage.Messages.AttemptOutcome;
using SuppressionReason = Herald.Domain.Consents.SuppressionReason;

namespace Herald.Api.Tests.Messages;

public sealed class StoryTests(SqliteApi api) : IClassFixture<SqliteApi>
{
    private static readonly TestIds Ids = new(7);
    private static readonly DateTimeOffset Noon = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_message_that_was_refused_once_and_answered_with_STOP_is_told_from_end_to_end()
    {
        var row = Row() with
        {
            State = MessageState.Read,
            Attempts = 2,
            AcceptTime = At(6.2),
            SentTime = At(6),
            DeliveredTime = At(8),
            ReadTime = At(20),
            Price = new MessagePrice(PriceCategory.Marketing, PriceType.Regular).Value,
        };
        var story = Story(row) with
        {
            Attempts =
            [
                Attempt(1, At(1), At(1.5)) with { Outcome = Outcome.Refused, ErrorCode = 130429, LatencyMs = 240, RetryTime = At(5.5) },
                Attempt(2, At(6), At(6.2)) with { Outcome = Outcome.Accepted, LatencyMs = 150 },
            ],
            Answers = [Stop(row)],
        };

        var told = StoryTeller.Tell(story).Select(step => step.Event).ToList();

        Assert.Equal(
            [
                MessageEventKind.Selected, MessageEventKind.Claimed, MessageEventKind.Answered, MessageEventKind.Rescheduled, MessageEventKind.Claimed,
                MessageEventKind.Answered, MessageEventKind.Sent, MessageEventKind.Delivered, MessageEventKind.Read, MessageEventKind.AnsweredByContact,
            ],
            told.Select(step => step.Kind));
        Assert.EndsWith($"contactLists/{story.Campaign!.ListId}", told[0].ContactList, StringComparison.Ordinal);
        Assert.Equal(("node-a", 7, 1), (told[1].Node, told[1].Epoch, told[1].Attempt));
        Assert.Equal((130429, "SLOW_DOWN_SENDER", 240), (told[2].ErrorCode, told[2].Reaction, told[2].Latency.ToTimeSpan().TotalMilliseconds));
        Assert.True(told[2].ErrorExplanation.Length > 0);
        Assert.Equal(At(5.5), told[3].DueTime.ToDateTimeOffset());
        Assert.Equal((PricingCategory.Marketing, PricingType.Regular, true), (told[6].Pricing.Category, told[6].Pricing.Type, told[6].Pricing.Billable));
        Assert.All(told.Skip(7), step => Assert.Null(step.Pricing));
        Assert.EndsWith($"consentEvents/{story.Answers[0].EventId}", told[9].ConsentEvent, StringComparison.Ordinal);
        Assert.All(told, step => Assert.EndsWith(".", step.Text, StringComparison.Ordinal));
    }

    [Fact]
    public void A_message_that_was_not_sent_names_the_refusal_that_barred_it()
    {
        var row = Row() with { State = MessageState.Suppressed, SuppressionReason = SuppressionReason.OptedOut, EndTime = At(3) };
        var story = Story(row) with { Barred = Stop(row) };

        var end = StoryTeller.Tell(story)[^1].Event;

        Assert.Equal((MessageEventKind.Suppressed, "OPTED_OUT"), (end.Kind, end.SuppressionReason));
        Assert.EndsWith($"consentEvents/{story.Barred!.EventId}", end.ConsentEvent, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_sent_for_a_later_time_says_so_also_when_it_was_put_off_since()
    {
        var row = Row() with { CampaignId = null, SendTime = At(60), DueTime = At(90_000), LimitHoldTime = At(61), LimitDueTime = At(90_000) };

        var told = StoryTeller.Tell(Story(row) with { Campaign = null }).Select(step => step.Event).ToList();

        Assert.Equal([MessageEventKind.Selected, MessageEventKind.Scheduled, MessageEventKind.Held], told.Select(step => step.Kind));
        Assert.Equal([null, At(60), At(90_000)], told.Select(step => step.DueTime?.ToDateTimeOffset()));
    }

    [Fact]
    public void What_expired_without_a_refusal_says_what_it_waited_for()
    {
        var row = Row() with { State = MessageState.Expired, ErrorDetail = "Its time ran out while its sender was not connected.", EndTime = At(50) };

        Assert.Equal(row.ErrorDetail, StoryTeller.Tell(Story(row))[^1].Event.Text);
    }

    [Fact]
    public void What_waits_says_what_it_waits_for()
    {
        var later = Row() with { CampaignId = null, ApiKeyId = Ids.New<ApiKeyId>(), DueTime = At(3_600), SendTime = At(3_600) };
        var paused = Story(Row());
        paused = paused with { Campaign = paused.Campaign! with { State = CampaignState.Paused, PauseCause = PauseCause.TemplatePaused, StateDetail = "Low quality." } };

        var scheduled = StoryTeller.Tell(Story(later) with { Campaign = null });
        var held = StoryTeller.Tell(paused)[^1].Event;

        Assert.Equal([MessageEventKind.Selected, MessageEventKind.Scheduled], scheduled.Select(step => step.Event.Kind));
        Assert.EndsWith($"apiKeys/{later.ApiKeyId}", scheduled[0].Event.Actor, StringComparison.Ordinal);
        Assert.Equal(At(3_600), scheduled[1].Event.DueTime.ToDateTimeOffset());
        Assert.Equal((MessageEventKind.Held, "Its campaign is paused: template paused. Low quality."), (held.Kind, held.Text));
    }

    [Fact]
    public void What_the_limit_put_off_says_so_while_it_waits_and_after_it_was_sent()
    {
        var row = Row() with { DueTime = At(90_000), LimitHoldTime = At(1) };

        var waiting = StoryTeller.Tell(Story(row));
        var sent = StoryTeller.Tell(Story(row with { State = MessageState.Accepted, Attempts = 1, AcceptTime = At(90_002) }) with
        {
            Attempts = [Attempt(1, At(90_001), At(90_002)) with { Outcome = Outcome.Accepted }],
        });

        Assert.Equal([MessageEventKind.Selected, MessageEventKind.Held], waiting.Select(step => step.Event.Kind));
        Assert.Contains("portfolio", waiting[1].Event.Text, StringComparison.Ordinal);
        Assert.Equal(At(1), waiting[1].Event.EventTime.ToDateTimeOffset());
        Assert.Equal(
            [MessageEventKind.Selected, MessageEventKind.Held, MessageEventKind.Claimed, MessageEventKind.Answered], sent.Select(step => step.Event.Kind));
    }

    [Fact]
    public void What_is_held_back_for_the_contact_says_so_and_until_when()
    {
        var row = Row() with { DueTime = At(90_000), ContactHoldTime = At(1), ContactHoldUntil = At(90_000) };

        var waiting = StoryTeller.Tell(Story(row));
        var sent = StoryTeller.Tell(Story(row with { State = MessageState.Accepted, Attempts = 1, AcceptTime = At(90_002), DueTime = At(90_000) }) with
        {
            Attempts = [Attempt(1, At(90_001), At(90_002)) with { Outcome = Outcome.Accepted }],
        });

        Assert.Equal([MessageEventKind.Selected, MessageEventKind.Held], waiting.Select(step => step.Event.Kind));
        Assert.Equal((At(1), At(90_000)), (waiting[1].Event.EventTime.ToDateTimeOffset(), waiting[1].Event.DueTime.ToDateTimeOffset()));
        Assert.Contains("131049", waiting[1].Event.Text, StringComparison.Ordinal);
        Assert.Equal(
            [MessageEventKind.Selected, MessageEventKind.Held, MessageEventKind.Claimed, MessageEventKind.Answered], sent.Select(step => step.Event.Kind));
    }

    [Fact]
    public void Each_attempt_that_a_status_ended_is_told_with_what_it_was_put_off_for()
    {
        var row = Row() with
        {
            State = MessageState.Queued,
            DueTime = At(9_000),
            Attempts = 2,
            ErrorCode = 131049,
            FailTime = At(4),
            FailCode = 131049,
        };
        var story = Story(row) with
        {
            Attempts =
            [
                Attempt(1, At(1), At(2)) with { Outcome = Outcome.Accepted, FailTime = At(4), FailCode = 131049, RetryTime = At(100) },
                Attempt(2, At(101), At(102)) with { Outcome = Outcome.Accepted, FailTime = At(104), FailCode = 131049, RetryTime = At(9_000) },
            ],
        };

        var told = StoryTeller.Tell(story).Select(step => step.Event).ToList();

        Assert.Equal(
            [
                (MessageEventKind.Selected, 0), (MessageEventKind.Claimed, 1), (MessageEventKind.Answered, 1), (MessageEventKind.Failed, 1),
                (MessageEventKind.Rescheduled, 1), (MessageEventKind.Claimed, 2), (MessageEventKind.Answered, 2), (MessageEventKind.Failed, 2),
                (MessageEventKind.Rescheduled, 2),
            ],
            told.Select(step => (step.Kind, step.Attempt)));
        Assert.Equal((131049, "HOLD_CONTACT", At(104)), (told[7].ErrorCode, told[7].Reaction, told[7].EventTime.ToDateTimeOffset()));
        Assert.Equal(At(9_000), told[8].DueTime.ToDateTimeOffset());
    }

    [Theory]
    [InlineData(MessageState.Unknown, "WhatsApp's answer never came, so it may or may not have been sent.")]
    [InlineData(MessageState.Expired, "Nobody knows.")]
    public void An_outcome_that_nobody_knows_is_no_schedule(MessageState state, string last)
    {
        var row = Row() with
        {
            CampaignId = null,
            State = state,
            Attempts = 1,
            DueTime = At(62),
            ErrorDetail = "Nobody knows.",
            EndTime = state == MessageState.Expired ? At(4_000) : null,
        };
        var story = Story(row) with { Campaign = null, Attempts = [Attempt(1, At(1), At(61)) with { Outcome = Outcome.Unknown }] };

        var told = StoryTeller.Tell(story);

        Assert.DoesNotContain(told, step => step.Event.Kind == MessageEventKind.Scheduled);
        Assert.Equal(last, told[^1].Event.Text);
    }

    [Fact]
    public void What_expired_after_a_refusal_does_not_give_the_refusal_for_the_reason()
    {
        var row = Row() with { State = MessageState.Expired, Attempts = 1, ErrorCode = 130429, ErrorDetail = "Too fast.", EndTime = At(50) };
        var story = Story(row) with { Attempts = [Attempt(1, At(1), At(2)) with { Outcome = Outcome.Refused, ErrorCode = 130429, RetryTime = At(60) }] };

        Assert.Equal("Its time ran out before it was sent.", StoryTeller.Tell(story)[^1].Event.Text);
    }

    [Fact]
    public void What_was_said_of_the_last_attempt_is_told_with_it_and_with_no_other()
    {
        var row = Row() with
        {
            State = MessageState.Failed,
            Attempts = 2,
            ErrorCode = 132000,
            ErrorDetail = new FailureText("The values do not fit.", "body: 1 is not 2").ToStored(),
            EndTime = At(6),
        };
        var story = Story(row) with
        {
            Attempts =
            [
                Attempt(1, At(1), At(2)) with { Outcome = Outcome.Refused, ErrorCode = 132000, RetryTime = At(5) },
                Attempt(2, At(5), At(6)) with { Outcome = Outcome.Refused, ErrorCode = 132000 },
            ],
        };

        var answers = StoryTeller.Tell(story).Select(step => step.Event).Where(step => step.Kind == MessageEventKind.Answered).ToList();
        var end = StoryTeller.Tell(story)[^1].Event;

        Assert.Equal(["", "body: 1 is not 2"], answers.Select(answer => answer.ErrorDetail));
        Assert.Equal("The values do not fit.", answers[1].ErrorExplanation);
        Assert.NotEmpty(answers[0].ErrorExplanation);
        Assert.Equal((MessageEventKind.Failed, "body: 1 is not 2"), (end.Kind, end.ErrorDetail));
    }

    [Fact]
    public void A_failure_that_delivery_proved_wrong_is_told_all_the_same()
    {
        var row = Row() with { State = MessageState.Delivered, SentTime = At(1), FailTime = At(2), FailCode = 131026, DeliveredTime = At(9) };

        var told = StoryTeller.Tell(Story(row));

        Assert.Equal(
            [MessageEventKind.Selected, MessageEventKind.Sent, MessageEventKind.Failed, MessageEventKind.Delivered], told.Select(step => step.Event.Kind));
        Assert.Equal((131026, "MARK_CONTACT_UNREACHABLE"), (told[2].Event.ErrorCode, told[2].Event.Reaction));
    }

    [Fact]
    public async Task A_story_is_read_page_by_page()
    {
        var mine = await Isolation.Neighbour.CreateAsync(api.Host);
        var client = new MessagesService.MessagesServiceClient(api.Host.Channel);
        var request = new ListMessageEventsRequest { Parent = mine.Name("tenants/{tenant}/messages/{message}") };
        var id = Domain.Messages.MessageId.Parse(request.Parent[^36..]);
        var message = await api.Host.Get<IMessageStore>().GetAsync(mine.Caller.Tenant, id, CancellationToken.None);
        await api.Host.Get<IMessageStore>().ApplyStatusesAsync(
            [Status(message!, MessageState.Sent, 1), Status(message!, MessageState.Delivered, 2), Status(message!, MessageState.Read, 3)], CancellationToken.None);

        var all = await client.ListMessageEventsAsync(request, mine.Caller.Auth);
        request.PageSize = 1;
        var pages = new List<MessageEvent>();
        do
        {
            var page = await client.ListMessageEventsAsync(request, mine.Caller.Auth);
            pages.Add(Assert.Single(page.MessageEvents));
            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);

        Assert.Equal([MessageEventKind.Selected, MessageEventKind.Sent, MessageEventKind.Delivered, MessageEventKind.Read], all.MessageEvents.Select(e => e.Kind));
        Assert.Equal(all.MessageEvents, pages);
        request.PageToken = "x";
        await Expect.FieldFailsAsync("page_token", "malformed", async () => await client.ListMessageEventsAsync(request, mine.Caller.Auth));
    }

    private static StatusUpdate Status(MessageRow message, MessageState evidence, int seconds) => new()
    {
        TenantId = message.TenantId,
        MessageId = message.MessageId,
        Wamid = $"wamid.{message.MessageId}",
        Evidence = evidence,
        Time = message.CreateTime.AddSeconds(seconds),
    };

    private static DateTimeOffset At(double seconds) => Noon.AddSeconds(seconds);

    private static AttemptRow Attempt(int number, DateTimeOffset start, DateTimeOffset end) => new()
    {
        Attempt = number,
        Node = "node-a",
        Epoch = 7,
        StartTime = start,
        EndTime = end,
        Outcome = Outcome.Open,
        ErrorCode = 0,
        LatencyMs = null,
        RetryTime = null,
    };

    private static ConsentEventRow Stop(MessageRow row) => new()
    {
        TenantId = row.TenantId,
        ContactId = row.ContactId,
        EventId = Ids.New<ConsentEventId>(),
        Purpose = ConsentPurpose.Marketing,
        Action = ConsentAction.Revoke,
        Scope = null,
        Source = ConsentSource.Keyword,
        EvidenceKey = "wamid:x",
        Evidence = "{}",
        Actor = "contact",
        CampaignId = row.CampaignId,
        MessageId = row.MessageId,
        EventTime = At(30),
        RecordTime = At(30),
    };

    private static MessageStory Story(MessageRow row) => new()
    {
        Message = row,
        Attempts = [],
        Campaign = new CampaignRow
        {
            TenantId = row.TenantId,
            CampaignId = row.CampaignId ?? Ids.New<CampaignId>(),
            DisplayName = "Sale",
            TemplateId = Ids.New<TemplateId>(),
            SenderId = row.SenderId,
            ListId = Ids.New<ContactListId>(),
            Parameters = "{}",
            State = CampaignState.Running,
            PauseCause = PauseCause.None,
            PauseActor = "",
            StateDetail = "",
            Recipients = 1,
            PrepareCursor = null,
            PrepareDone = true,
            LastRequestId = "",
            ScheduleTime = null,
            LaunchTime = Noon,
            StartTime = Noon,
            EndTime = null,
            Version = 1,
            CreateTime = Noon,
            UpdateTime = At(1),
        },
        Sender = null,
        Barred = null,
        Answers = [],
    };

    private static MessageRow Row() => new()
    {
        TenantId = Ids.New<TenantId>(),
        MessageId = Ids.New<Domain.Messages.MessageId>(),
        CampaignId = Ids.New<CampaignId>(),
        ContactId = Ids.New<ContactId>(),
        SenderId = Ids.New<SenderId>(),
        Class = Domain.Messages.MessageClass.Marketing,
        State = MessageState.Queued,
        SuppressionReason = SuppressionReason.None,
        ErrorCode = 0,
        ErrorDetail = "",
        TemplateId = null,
        Content = null,
        DedupeKey = null,
        DueTime = Noon,
        Attempts = 0,
        ClaimNode = null,
        ClaimEpoch = null,
        ClaimExpireTime = null,
        Wamid = null,
        CreateTime = Noon,
        ClaimTime = null,
        AcceptTime = null,
        SentTime = null,
        DeliveredTime = null,
        ReadTime = null,
        EndTime = null,
        ApiKeyId = null,
        ExpireTime = null,
        Price = null,
        FailTime = null,
        FailCode = null,
    };
}

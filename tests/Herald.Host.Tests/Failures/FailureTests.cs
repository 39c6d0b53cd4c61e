using Herald.Domain;
using Herald.Domain.Campaigns;
using Herald.Domain.Consents;
using Herald.Domain.Messages;
using Herald.Domain.Senders;
using Herald.Domain.Tenants;
using Herald.Host.Tests.Support;
using Herald.Simulator;
using Herald.Storage.Audit;
using Herald.Storage.Campaigns;
using Herald.Storage.Consents;
using Herald.Storage.Contacts;
using Herald.Storage.Leases;
using Herald.Storage.Messages;
using Herald.Storage.Templates;
using Herald.Storage.Tenants;
using Herald.WhatsApp.Errors;
using Herald.WhatsApp.Messages;

namespace Herald.Host.Tests.Failures;

/// <summary>Every code of Meta's, from the simulator's answer or webhook to what a person sees of it.</summary>
public sealed class FailureTests(FailureWorld world) : IClassFixture<FailureWorld>
{
    private const int CountryClosed = 130497;
    private const int SpamLimit = 131048;
    private const int TokenExpired = 190;
    private static readonly CancellationToken None = CancellationToken.None;

    public static IEnumerable<object?[]> Answers => Expectations.InAnswers.Keys.Select(key => new object?[] { key.Code, key.Subcode });

    public static TheoryData<int> Statuses { get; } = new(Expectations.InStatuses.Keys.ToArray());

    public static TheoryData<int> HttpStatuses { get; } = new(Expectations.OfUnlisted.Keys.ToArray());

    [Fact]
    public void Every_code_of_the_table_has_an_expectation_and_no_other()
    {
        var listed = MetaErrors.All.Select(row => (row.Code ?? -1, row.Subcode)).Order().ToList();

        Assert.Equal(listed, Expectations.InAnswers.Keys.Order());
    }

    [Theory]
    [MemberData(nameof(Answers))]
    public Task A_refusal_leads_to_what_its_code_says(int code, int? subcode) => AssertAsync(world.Find(code, subcode, isLate: false));

    [Theory]
    [MemberData(nameof(Statuses))]
    public Task A_failure_that_is_told_later_leads_to_the_same(int code) => AssertAsync(world.Find(code, null, isLate: true));

    [Theory]
    [MemberData(nameof(HttpStatuses))]
    public Task A_code_that_the_table_lacks_is_judged_by_its_http_status(int httpStatus) => AssertAsync(world.FindUnlisted(httpStatus));

    [Fact]
    public async Task A_number_that_Meta_raised_sends_at_its_new_level_at_once()
    {
        var senders = world.Get<ISenderStore>();
        var failure = world.Find(131026, null, isLate: false);
        var business = failure.Business ?? throw new InvalidOperationException("The case has no business.");
        var sender = (await senders.ListByWabaAsync(business.WabaId, None))[0];
        Assert.NotEqual(1_000, sender.MessagesPerSecond);

        world.Simulator.RaiseThroughput(sender.PhoneNumberId, TimeSpan.Zero);

        await Eventually.HoldsAsync("the new level", async () =>
            (await senders.GetAsync(sender.TenantId, sender.SenderId, None))?.MessagesPerSecond == 1_000);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_country_that_WhatsApp_closed_to_an_account_gets_nothing_more_from_any_of_its_numbers(bool isLate)
    {
        var failure = world.Find(CountryClosed, null, isLate);
        await UntilMessageAsync(failure);
        await UntilRefusedUnaskedAsync(failure, failure.Sender, isLate ? "3469901" : "3469902");
        await UntilRefusedUnaskedAsync(failure, failure.OtherSender, isLate ? "3469903" : "3469904");

        var same = await QueueAsync(failure, failure.Sender, isLate ? "34699000001" : "34699000002");
        var other = await QueueAsync(failure, failure.OtherSender, isLate ? "34699000003" : "34699000004");
        var elsewhere = await QueueAsync(failure, failure.OtherSender, isLate ? "4915199000001" : "4915199000002");

        foreach (var id in (MessageId[])[same, other])
        {
            var row = await UntilEndedAsync(failure.Tenant, id);
            Assert.Equal((MessageState.Failed, CountryClosed, null), (row.State, row.ErrorCode, row.Wamid));
            Assert.Contains("country", row.ErrorDetail, StringComparison.Ordinal);
            var attempt = Assert.Single(await world.Get<IMessageStore>().ListAttemptsAsync(failure.Tenant, id, None));
            Assert.Equal(AttemptOutcome.NotSent, attempt.Outcome);
        }
        Assert.NotNull((await UntilEndedAsync(failure.Tenant, elsewhere)).Wamid);
    }

    [Fact]
    public async Task A_one_time_code_that_the_spam_limit_of_its_number_keeps_from_being_sent_fails_at_once()
    {
        var failure = world.Find(SpamLimit, null, isLate: false);
        await UntilMessageAsync(failure);
        const string Phone = "34699000005";
        world.Simulator.SetRecipientBehaviour(Phone, new RecipientBehaviour { RefuseWith = SpamLimit, Silent = true });

        var code = await QueueAsync(failure, failure.Sender, Phone, MessageClass.Authentication);

        var row = await UntilEndedAsync(failure.Tenant, code);
        Assert.Equal((MessageState.Failed, SpamLimit, 1), (row.State, row.ErrorCode, row.Attempts));
        Assert.Contains("blocked or reported", row.ErrorDetail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_waits_for_a_disconnected_number_expires_and_says_why()
    {
        var failure = world.Find(TokenExpired, null, isLate: false);
        await UntilMessageAsync(failure);
        await Eventually.HoldsAsync("the number is disconnected", async () =>
            (await world.Get<ISenderStore>().GetAsync(failure.Tenant, failure.Sender, None))?.State == SenderState.Disconnected);
        await Eventually.HoldsAsync("nobody sends from the number any more", async () =>
            (await world.Get<ILeaseStore>().ListLivingAsync(LeaseNames.Sender(failure.Tenant, failure.Sender), None)).Count == 0);

        var waiting = await QueueAsync(failure, failure.Sender, "34699000006", lifetime: TimeSpan.FromSeconds(1));

        var row = await UntilEndedAsync(failure.Tenant, waiting);
        Assert.Equal((MessageState.Expired, 0, 0), (row.State, row.ErrorCode, row.Attempts));
        Assert.Equal("Its time ran out while its sender was not connected.", row.ErrorDetail);
    }

    private Task<MessageRow> UntilEndedAsync(TenantId tenant, MessageId message) => Eventually.IsAsync(
        "the message has left or failed",
        async () => Assert.IsType<MessageRow>(await world.Get<IMessageStore>().GetAsync(tenant, message, None)),
        row => row.State is not (MessageState.Queued or MessageState.Claimed));

    /// <summary>Whoever sends from the number reads every few seconds what it may not send; until then what it is given is sent.</summary>
    private Task UntilRefusedUnaskedAsync(FailureCase failure, SenderId sender, string prefix)
    {
        var number = 1_000;
        return Eventually.HoldsAsync("the number knows that the country is closed", async () =>
        {
            var probe = await QueueAsync(failure, sender, $"{prefix}{number++}");
            await UntilEndedAsync(failure.Tenant, probe);
            var attempts = await world.Get<IMessageStore>().ListAttemptsAsync(failure.Tenant, probe, None);
            return attempts is [{ Outcome: AttemptOutcome.NotSent }];
        });
    }

    private async Task<MessageId> QueueAsync(FailureCase failure, SenderId sender, string phone, MessageClass messageClass = MessageClass.Reply, TimeSpan? lifetime = null)
    {
        var now = world.Get<TimeProvider>().GetUtcNow();
        await new BusinessRows(world.Get<IServiceProvider>(), now).AddListAsync(failure.Tenant, [phone]);
        var contact = await world.Get<IContactStore>().FindByPhoneAsync(failure.Tenant, [phone], None);
        var message = new MessageId(world.Get<IIdSource>().NewId());
        await world.Get<IMessageStore>().EnqueueAsync([new NewMessage
        {
            TenantId = failure.Tenant,
            MessageId = message,
            ContactId = contact!.ContactId,
            SenderId = sender,
            Class = messageClass,
            Content = new QueuedContent(new TextContent("Thank you."), null).ToJson(),
            DedupeKey = $"after:{message}",
            DueTime = now,
            ExpireTime = now + lifetime,
            CreateTime = now,
        }], None);
        return message;
    }

    private async Task AssertAsync(FailureCase failure)
    {
        var message = await UntilMessageAsync(failure);
        Assert.Equal(failure.Code, message.ErrorCode);
        var text = FailureText.Read(message.ErrorDetail);
        Assert.True(text.Explanation.Length > 0 && text.Detail.Length > 0, $"Code {failure.Code} is told as '{text.Explanation}' and '{text.Detail}'.");
        await AssertCampaignAsync(failure);
        await AssertOtherCampaignAsync(failure);
        await AssertSendersAsync(failure);
        await AssertContactAsync(failure);
        var template = await world.Get<ITemplateStore>().GetAsync(failure.Tenant, failure.Template, None);
        Assert.Equal(failure.Expected.Template, template?.State);
        await AssertAuditAsync(failure);
        await AssertNoticeAsync(failure);
    }

    private async Task<MessageRow> UntilMessageAsync(FailureCase failure)
    {
        var messages = world.Get<IMessageStore>();
        MessageRow? row = null;
        await Eventually.HoldsAsync($"{failure.Code} leads to {failure.Expected.Message}", async () =>
        {
            row = await ReadMessageAsync(failure);
            var attempts = await messages.ListAttemptsAsync(failure.Tenant, row.MessageId, None);
            // A claim that was given back, because the machine was slow or the person's turn had not come, asked Meta nothing.
            var requests = attempts.Where(attempt => attempt.Outcome is not (AttemptOutcome.Open or AttemptOutcome.NotSent)).ToList();
            return IsAt(row, requests, failure.Expected.Message, world.Get<TimeProvider>().GetUtcNow());
        });
        return row!;
    }

    private async Task<MessageRow> ReadMessageAsync(FailureCase failure) =>
        Assert.Single(await world.Get<IMessageStore>().ListAsync(failure.Tenant, failure.Campaign, null, null, null, 10, None));

    /// <summary>By what was decided, not by how long it has to wait yet: a slow machine may look when that is over.</summary>
    private static bool IsAt(MessageRow row, List<AttemptRow> requests, MessageEnd end, DateTimeOffset now)
    {
        var hasFailed = row is { State: MessageState.Failed, EndTime: not null };
        var retry = requests is [{ RetryTime: { } retryTime }, ..] ? retryTime : (DateTimeOffset?)null;
        var wait = retry - requests.FirstOrDefault()?.StartTime;
        return end switch
        {
            MessageEnd.Failed => hasFailed && requests.Count == 1,
            MessageEnd.FailedAfterARetry => hasFailed && requests.Count == 2,
            MessageEnd.FailedAfterItsTurn => hasFailed && requests.Count == 2 && wait >= TimeSpan.FromSeconds(4) && requests[1].StartTime >= retry,
            MessageEnd.WaitsForMinutes => wait >= TimeSpan.FromMinutes(1) && retry - now < TimeSpan.FromMinutes(11)
                && (requests.Count == 1 ? row.State == MessageState.Queued : requests[1].StartTime >= retry),
            MessageEnd.WaitsForADay => row.State == MessageState.Queued && requests.Count == 1
                && wait > TimeSpan.FromDays(1) && row.DueTime - now < TimeSpan.FromDays(2),
            MessageEnd.WaitsWithItsCampaign => row.State == MessageState.Queued && requests.Count >= 1,
            MessageEnd.Unknown => row.State == MessageState.Unknown && requests.Count == 1,
            _ => throw new ArgumentOutOfRangeException(nameof(end), end, "Unknown end."),
        };
    }

    private async Task AssertCampaignAsync(FailureCase failure)
    {
        CampaignRow? row = null;
        await Eventually.HoldsAsync($"the campaign is as it should be after {failure.Code}", async () =>
        {
            var isOpen = (await ReadMessageAsync(failure)).State is MessageState.Queued or MessageState.Claimed;
            var expected = failure.Expected.Campaign != PauseCause.None ? CampaignState.Paused : isOpen ? CampaignState.Running : CampaignState.Completed;
            return (row = await world.Get<ICampaignStore>().GetAsync(failure.Tenant, failure.Campaign, None))?.State == expected;
        });
        Assert.Equal(failure.Expected.Campaign, row!.PauseCause);
        if (row.State == CampaignState.Paused)
            Assert.Contains($"code {failure.Code}", row.StateDetail, StringComparison.Ordinal);
    }

    private async Task AssertOtherCampaignAsync(FailureCase failure)
    {
        if (failure.OtherCampaign is not { } other)
            return;
        var row = await Eventually.IsAsync(
            $"the other campaign is paused after {failure.Code}",
            () => world.Get<ICampaignStore>().GetAsync(failure.Tenant, other, None), found => found?.State == CampaignState.Paused);
        Assert.Equal(failure.Expected.Campaign, row!.PauseCause);
        Assert.Contains($"code {failure.Code}", row.StateDetail, StringComparison.Ordinal);
    }

    private async Task AssertSendersAsync(FailureCase failure)
    {
        var senders = world.Get<ISenderStore>();
        var sender = await senders.GetAsync(failure.Tenant, failure.Sender, None);
        var other = await senders.GetAsync(failure.Tenant, failure.OtherSender, None);
        Assert.NotNull(sender);
        Assert.NotNull(other);
        if (failure.Expected is { Audit: "ThrottleSender", Sender: SenderState.Active })
        {
            // It goes back to its pace by itself after a minute.
            Assert.Contains(sender.State, (SenderState[])[SenderState.Throttled, SenderState.Active]);
            return;
        }
        Assert.Equal(failure.Expected.Sender, sender.State);
        Assert.Equal(failure.Expected.ReachesTheOtherNumber ? failure.Expected.Sender : SenderState.Active, other.State);
        if (sender.State == SenderState.Active)
            return;
        Assert.Contains($"code {failure.Code}", sender.StateReason, StringComparison.Ordinal);
        Assert.True(sender.StateTime > sender.CreateTime);
    }

    private async Task AssertContactAsync(FailureCase failure)
    {
        var contact = await world.Get<IContactStore>().GetAsync(failure.Tenant, failure.Contact, None);
        Assert.Equal(failure.Expected.IsUnreachable ? failure.Code : 0, contact?.UnreachableCode);
        Assert.Equal(failure.Expected.Message == MessageEnd.WaitsForADay, contact?.HoldUntil is not null);
        var consents = await world.Get<IConsentStore>().GetAsync(failure.Tenant, failure.Contact, None);
        var ofSender = consents.SingleOrDefault(row => row.Scope == failure.Sender)?.Marketing;
        Assert.Equal(failure.Expected.IsOptedOut ? ConsentState.Revoked : null, ofSender);
    }

    private async Task AssertAuditAsync(FailureCase failure)
    {
        var audit = world.Get<IAuditStore>();
        if (failure.Expected.Audit is { } action)
        {
            // An entry is written after what it tells of.
            await Eventually.HoldsAsync($"the audit tells {action} after {failure.Code}", async () =>
                (await audit.ListAsync(failure.Tenant, null, 100, None)).Any(entry => entry.Action == action && entry.Outcome == "OK"));
            return;
        }
        Assert.DoesNotContain(await audit.ListAsync(failure.Tenant, null, 100, None), entry =>
            entry.Action.EndsWith("Sender", StringComparison.Ordinal) || entry.Action == "PauseCampaign");
    }

    private async Task AssertNoticeAsync(FailureCase failure)
    {
        var number = failure.Business!.Numbers[0].Phone;
        IReadOnlyList<string> Notices() =>
            [.. world.Simulator.GetMessages(failure.OwnerPhone).Select(shown => shown.Body)
                .Where(body => body.Contains(number, StringComparison.Ordinal) || body.Contains("paused: ", StringComparison.Ordinal))];
        if (failure.Expected.Notice is not { } notice)
        {
            Assert.Empty(Notices());
            return;
        }
        var stopped = failure.OtherCampaign is null ? 1 : 2;
        await Eventually.HoldsAsync($"the owner is told of {failure.Code}", () => Task.FromResult(
            Notices().Sum(told => told.Contains("*2 campaigns*", StringComparison.Ordinal) ? 2 : 1) >= stopped));
        Assert.All(Notices(), told => Assert.Contains(notice, told, StringComparison.Ordinal));
        // One, however many campaigns it stops; but a campaign that had completed before the failure was told is stopped after the others.
        Assert.InRange(Notices().Count, 1, failure.IsLate ? stopped : 1);
    }
}

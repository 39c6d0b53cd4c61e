using Herald.Delivery.Tests.Support;
using Herald.Domain.Consents;
using Herald.Domain.Messages;
using Herald.Domain.Senders;
using Herald.Grains;
using Herald.Grains.Consents;
using Herald.Storage;
using Herald.Storage.Contacts;
using Herald.Storage.Leases;
using Herald.Storage.Messages;
using Herald.Storage.Tenants;
using Herald.WhatsApp;
using Herald.WhatsApp.Messages;
using Npgsql;

namespace Herald.Delivery.Tests.Messages;

/// <summary>Nothing goes out after an opt-out, nothing twice, and nothing gets lost, whatever comes in between.</summary>
public abstract class SafetyTests(DatabaseProvider provider) : DeliveryTest(provider)
{
    [Fact]
    public async Task An_opt_out_between_claim_and_request_is_obeyed()
    {
        await AddQueuedAsync(3);
        var ana = await PersonAsync(1);
        var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        IDisposable? subscription = null;
        AfterFirstClaim(async () =>
        {
            // Subscribed after delivery has, and so told after it.
            subscription = Node.Get<IDatabaseSignals>().Subscribe(SignalChannels.OptOutChannel, payload =>
            {
                if (payload.Length > 0)
                    told.TrySetResult();
            });
            await Node.Grains.GetGrain<IContactConsentGrain>(GrainKeys.Contact(Shop.Tenant, ana)).Stop(new KeywordReceived
            {
                Sender = Shop.Sender.Value,
                WhatsAppMessageId = "wamid.stop",
                Keyword = "stop",
                IsButton = false,
                Language = "en",
                EventTime = Now,
            });
            await told.Task;
        });

        await StartAsync();
        var rows = await UntilAllAsync("an end of all", row => row.State is MessageState.Accepted or MessageState.Suppressed);
        subscription?.Dispose();

        var suppressed = Assert.Single(rows, row => row.State == MessageState.Suppressed);
        Assert.Equal((ana, SuppressionReason.OptedOut, 1), (suppressed.ContactId, suppressed.SuppressionReason, suppressed.Attempts));
        Assert.DoesNotContain(Meta.Sent, sent => sent.CallbackData == BizOpaqueCallback.Format(suppressed.MessageId));
        // The two others, and the confirmation.
        Assert.Equal(3, Meta.Sent.Count);
    }

    [Fact]
    public async Task A_restriction_between_claim_and_request_is_obeyed()
    {
        await AddQueuedAsync(3);
        var ana = await PersonAsync(1);
        var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        IDisposable? subscription = null;
        AfterFirstClaim(async () =>
        {
            // Subscribed after delivery has, and so told after it.
            subscription = Node.Get<IDatabaseSignals>().Subscribe(SignalChannels.OptOutChannel, payload =>
            {
                if (payload.Length > 0)
                    told.TrySetResult();
            });
            Assert.NotNull(await Node.Get<IContactStore>().RestrictAsync(Shop.Tenant, ana, 1, Now, default));
            await told.Task;
        });

        await StartAsync();
        var rows = await UntilAllAsync("an end of all", row => row.State is MessageState.Accepted or MessageState.Suppressed);
        subscription?.Dispose();

        var suppressed = Assert.Single(rows, row => row.State == MessageState.Suppressed);
        Assert.Equal((ana, SuppressionReason.Restricted, 1), (suppressed.ContactId, suppressed.SuppressionReason, suppressed.Attempts));
        Assert.Equal(2, Meta.Sent.Count);
    }

    [Fact]
    public async Task When_opt_outs_may_have_been_missed_what_was_claimed_is_looked_at_again()
    {
        await AddQueuedAsync(2);
        var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        IDisposable? subscription = null;
        AfterFirstClaim(async () =>
        {
            var signals = Node.Get<IDatabaseSignals>();
            subscription = signals.Subscribe(SignalChannels.OptOutChannel, _ => told.TrySetResult());
            await signals.PublishAsync(SignalChannels.OptOutChannel, "", default);
            await told.Task;
        });

        await StartAsync();
        var rows = await UntilAllAreAsync(MessageState.Accepted);
        subscription?.Dispose();

        Assert.All(rows, row => Assert.Equal(2, row.Attempts));
        Assert.Equal(2, Meta.Sent.Count);
    }

    [Fact]
    public async Task While_opt_outs_may_pass_unheard_nothing_leaves_and_nothing_is_claimed()
    {
        await AddQueuedAsync(2);
        AfterFirstClaim(() =>
        {
            Signals.IsDeaf = true;
            return Task.CompletedTask;
        });
        var renewals = 0;
        Leases.After = (method, _) =>
        {
            if (method == nameof(ILeaseStore.RenewManyAsync))
                Interlocked.Increment(ref renewals);
            return Task.CompletedTask;
        };

        await StartAsync();
        await UntilAllAsync("all given back", row => row.State == MessageState.Queued && row.Attempts == 1);
        var before = Volatile.Read(ref renewals);
        await Watch.UntilAsync("two renewals", () => Task.FromResult(Volatile.Read(ref renewals)), seen => seen >= before + 2);
        Assert.Empty(Meta.Sent);
        Signals.IsDeaf = false;
        var rows = await UntilAllAreAsync(MessageState.Accepted);

        Assert.All(rows, row => Assert.Equal(2, row.Attempts));
        Assert.Equal(2, Meta.Sent.Count);
    }

    [Fact]
    public async Task A_node_that_slept_past_its_lease_gives_back_what_it_claimed()
    {
        await AddQueuedAsync(4);
        AfterFirstClaim(() =>
        {
            Clock.PutForward(TimeSpan.FromSeconds(20));
            return Task.CompletedTask;
        });

        // Renewed so rarely that no renewal comes between the sleep and the messages' last looks.
        await StartAsync(new Dictionary<string, string?> { ["LeaseDuration"] = "00:00:20", ["RenewInterval"] = "00:00:05" });
        var rows = await UntilAllAreAsync(MessageState.Accepted);

        Assert.All(rows, row => Assert.Equal(2, row.Attempts));
        Assert.Equal(4, Meta.Sent.Count);
    }

    [Fact]
    public async Task A_database_that_is_away_while_outcomes_are_settled_loses_none()
    {
        var failures = 4;
        Messages.Before = (method, _) => method == nameof(IMessageStore.SettleAsync) && Interlocked.Decrement(ref failures) >= 0
            ? Task.FromException(new NpgsqlException("away", new IOException("gone")))
            : Task.CompletedTask;
        await AddQueuedAsync(5);

        await StartAsync();
        var rows = await UntilAllAreAsync(MessageState.Accepted);

        Assert.Equal(5, Meta.Sent.Count);
        Assert.All(rows, row => Assert.NotNull(row.Wamid));
        Assert.Contains(Node.Log.Entries, entry => entry.EventId == 2009);
    }

    [Fact]
    public async Task An_outcome_whose_commit_was_not_heard_of_is_settled_once()
    {
        var failures = 1;
        Messages.After = (method, _) => method == nameof(IMessageStore.SettleAsync) && Interlocked.Decrement(ref failures) >= 0
            ? Task.FromException(new NpgsqlException("away", new IOException("gone")))
            : Task.CompletedTask;
        await AddQueuedAsync(3);

        await StartAsync();
        await UntilAllAreAsync(MessageState.Accepted);

        Assert.Equal(3, Meta.Sent.Count);
    }

    [Fact]
    public async Task A_database_that_is_away_while_work_is_claimed_only_delays_it()
    {
        var failures = 2;
        Messages.Before = (method, _) => method == nameof(IMessageStore.ClaimAsync) && Interlocked.Decrement(ref failures) >= 0
            ? Task.FromException(new NpgsqlException("away", new IOException("gone")))
            : Task.CompletedTask;
        await AddQueuedAsync(3);

        await StartAsync();
        await UntilAllAreAsync(MessageState.Accepted);

        Assert.Equal(3, Meta.Sent.Count);
    }

    [Fact]
    public async Task A_stop_waits_for_what_is_in_flight()
    {
        var sending = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var answer = new TaskCompletionSource();
        Meta.Answer = async (_, number) =>
        {
            sending.TrySetResult();
            await answer.Task;
            return FakeMeta.Accepted(number);
        };
        await AddQueuedAsync(1);
        var loops = await StartAsync();
        await sending.Task;

        var stopping = loops.StopAsync();
        answer.SetResult();
        await stopping;

        Assert.Equal(MessageState.Accepted, Assert.Single(await Node.People.MessagesAsync(Shop.Tenant, null)).State);
    }

    [Fact]
    public async Task A_stop_in_the_middle_of_a_claim_loses_track_of_nothing()
    {
        var token = CancellationToken.None;
        var claiming = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var goOn = new TaskCompletionSource();
        Messages.Before = (method, arguments) =>
        {
            if (method == nameof(IMessageStore.ClaimAsync))
                token = Assert.IsType<CancellationToken>(arguments[1]);
            return Task.CompletedTask;
        };
        // The claim is committed; who asked for it has given up meanwhile, if it could be given up.
        Messages.After = async (method, result) =>
        {
            if (method != nameof(IMessageStore.ClaimAsync) || result is not ClaimResult { Messages.Count: > 0 })
                return;
            claiming.TrySetResult();
            await goOn.Task;
            token.ThrowIfCancellationRequested();
        };
        await AddQueuedAsync(2);
        var loops = await StartAsync();
        await claiming.Task;

        var stopping = loops.StopAsync();
        goOn.SetResult();
        await stopping;

        Assert.All(await Node.People.MessagesAsync(Shop.Tenant, null), row => Assert.Contains(row.State, (MessageState[])[MessageState.Accepted, MessageState.Queued]));
    }

    [Fact]
    public async Task A_sender_that_is_let_go_of_while_a_request_hangs_costs_no_other_sender_its_lease()
    {
        var sending = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var answer = new TaskCompletionSource();
        Meta.Answer = async (_, number) =>
        {
            sending.TrySetResult();
            await answer.Task;
            return FakeMeta.Accepted(number);
        };
        var other = await Node.People.AddSenderAsync(Shop.Tenant, "101", SenderKind.Business, "EAAtoken");
        await AddQueuedAsync(1);
        await StartAsync();
        await sending.Task;
        var senders = Node.Get<ISenderStore>();
        var renewals = 0;
        Leases.Before = (method, arguments) =>
        {
            if (method == nameof(ILeaseStore.RenewManyAsync) && arguments[0] is IReadOnlyCollection<Lease> leases
                && leases.Any(lease => lease.Name == LeaseNames.Sender(Shop.Tenant, other)))
            {
                Interlocked.Increment(ref renewals);
            }
            return Task.CompletedTask;
        };

        var row = await senders.GetAsync(Shop.Tenant, Shop.Sender, default);
        await senders.UpdateAsync(row! with { State = SenderState.Restricted }, default);
        await Watch.UntilAsync("a sender that is let go of", () => Task.FromResult(Node.Log.Entries), log => log.Any(entry => entry.EventId == 2002));
        var before = Volatile.Read(ref renewals);
        await Watch.UntilAsync("renewals", () => Task.FromResult(Volatile.Read(ref renewals)), seen => seen >= before + 3);
        answer.SetResult();

        await UntilAllAreAsync(MessageState.Accepted);
    }

    [Fact]
    public async Task A_claim_of_a_dead_node_becomes_unknown_and_a_late_status_settles_it()
    {
        await AddQueuedAsync(1);
        var lease = await Node.Get<ILeaseStore>().AcquireAsync(
            LeaseNames.Sender(Shop.Tenant, Shop.Sender), "dead-node", TimeSpan.FromMilliseconds(1), default);
        var claim = await Node.Get<IMessageStore>().ClaimAsync(new ClaimRequest
        {
            TenantId = Shop.Tenant,
            SenderId = Shop.Sender,
            Node = "dead-node",
            Epoch = lease!.Epoch,
            Limit = 10,
            Now = Now,
            Duration = TimeSpan.FromMilliseconds(1),
        }, default);
        var message = Assert.Single(claim.Messages).MessageId;

        await StartAsync();
        await UntilAllAreAsync(MessageState.Unknown);
        await Node.Get<IMessageStore>().ApplyStatusesAsync([new StatusUpdate
        {
            TenantId = Shop.Tenant,
            MessageId = message,
            Wamid = "wamid.late",
            Evidence = MessageState.Sent,
            Time = Now,
        }], default);

        await UntilAllAreAsync(MessageState.Sent);
        Assert.Empty(Meta.Sent);
    }

    [Fact]
    public async Task A_claim_whose_answer_is_lost_costs_its_messages_nothing()
    {
        await AddQueuedAsync(3);
        AfterFirstClaim(() => throw new NpgsqlException("The connection is gone.", new IOException()));

        await StartAsync();
        var rows = await UntilAllAreAsync(MessageState.Accepted);

        Assert.All(rows, row => Assert.Equal(2, row.Attempts));
        Assert.Equal(3, Meta.Sent.Count);
    }

    [Fact]
    public async Task A_message_under_way_is_not_given_back_for_a_lost_claim_because_an_earlier_attempt_of_it_was_settled_late()
    {
        var campaign = await AddQueuedAsync(1);
        var secondAsked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var secondAnswer = new TaskCompletionSource<SendResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        Meta.Answer = (_, number) =>
        {
            if (number == 2)
                secondAsked.SetResult();
            return number switch
            {
                1 => Task.FromResult<SendResult>(new SendResult.NotSent(NotSentKind.Connection)),
                2 => secondAnswer.Task,
                _ => Task.FromResult(FakeMeta.Accepted(number)),
            };
        };
        var settled = 0;
        var losesClaim = 0;
        Messages.After = async (method, result) =>
        {
            if (method == nameof(IMessageStore.SettleAsync) && Interlocked.Increment(ref settled) == 1)
            {
                // The first attempt's end is stored, and its writer hears so only when the second attempt is under way.
                await secondAsked.Task;
                throw new NpgsqlException("The connection is gone.", new IOException());
            }
            if (method == nameof(IMessageStore.ClaimAsync) && result is ClaimResult { Messages.Count: > 0 } && Interlocked.CompareExchange(ref losesClaim, 2, 1) == 1)
                throw new NpgsqlException("The connection is gone.", new IOException());
        };

        await StartAsync();
        await Watch.UntilAsync("the late settlement", () => Task.FromResult(Volatile.Read(ref settled)), seen => seen >= 2);
        Volatile.Write(ref losesClaim, 1);
        var other = await Node.People.AddQueuedCampaignAsync(Shop);
        await Watch.UntilAsync("the other message", () => Node.People.MessagesAsync(Shop.Tenant, null), rows => rows.Any(row => row.CampaignId == other.CampaignId && row.State == MessageState.Accepted));
        secondAnswer.SetResult(FakeMeta.Accepted(2));

        var rows = await UntilAllAreAsync(MessageState.Accepted);
        Assert.Equal(2, Volatile.Read(ref losesClaim));
        Assert.Equal(2, Assert.Single(rows, row => row.CampaignId == campaign.CampaignId).Attempts);
        Assert.Equal(3, Meta.Sent.Count);
    }

    /// <summary>Does something once, after the first claim is committed and before its messages are looked at.</summary>
    private void AfterFirstClaim(Func<Task> act)
    {
        var isDone = 0;
        Messages.After = async (method, result) =>
        {
            if (method == nameof(IMessageStore.ClaimAsync) && result is ClaimResult { Messages.Count: > 0 } && Interlocked.Exchange(ref isDone, 1) == 0)
                await act();
        };
    }
}

public sealed class SqliteSafetyTests() : SafetyTests(DatabaseProvider.Sqlite);

public sealed class PostgreSqlSafetyTests() : SafetyTests(DatabaseProvider.PostgreSql);

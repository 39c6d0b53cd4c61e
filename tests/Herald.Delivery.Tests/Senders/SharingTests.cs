using Herald.Delivery.Tests.Support;
using Herald.Domain.Messages;
using Herald.Domain.Senders;
using Herald.Storage;
using Herald.Storage.Messages;

namespace Herald.Delivery.Tests.Senders;

/// <summary>What the senders of a node share: its requests in flight, its claims, and one look for what is due.</summary>
public abstract class SharingTests(DatabaseProvider provider) : DeliveryTest(provider)
{
    [Fact]
    public async Task A_small_tenants_first_message_does_not_wait_for_a_big_ones_many()
    {
        var small = await Node.People.AddBusinessAsync("Corner shop", "300");
        await Node.People.AddPersonAsync(small.Tenant, small.List, "16505559999", isOptedIn: true);
        // Meta leaves all of the big tenant's requests without an answer, and there are more than the node's slots.
        var release = new TaskCompletionSource();
        var waiting = 0;
        Meta.Answer = async (message, number) =>
        {
            if (!Equals(message.To, Herald.WhatsApp.Messages.Recipient.OfPhone("16505559999")))
            {
                Interlocked.Increment(ref waiting);
                await release.Task;
            }
            return FakeMeta.Accepted(number);
        };
        await AddQueuedAsync(60);
        await StartAsync(new Dictionary<string, string?> { ["ConcurrencyPerNode"] = "16" });
        await Watch.UntilAsync("all slots of one tenant taken", () => Task.FromResult(Volatile.Read(ref waiting)), taken => taken >= 14);

        await Node.People.AddQueuedCampaignAsync(small);
        await Watch.UntilAsync(
            "the small tenant's message", () => Node.People.MessagesAsync(small.Tenant, null), rows => rows.Count == 1 && rows[0].State == MessageState.Accepted);
        release.SetResult();

        Assert.Equal(14, waiting);
        await UntilAllAreAsync(MessageState.Accepted);
    }

    [Fact]
    public async Task While_a_big_tenant_sends_a_small_ones_message_leaves_within_a_second()
    {
        const int TriesMax = 5;
        var small = await Node.People.AddBusinessAsync("Corner shop", "300");
        await Node.People.AddPersonAsync(small.Tenant, small.List, "16505559999", isOptedIn: true);
        // The big tenant's answers take their time, so that it wants every slot that comes free, for as long as the test lasts.
        Meta.Answer = async (message, number) =>
        {
            if (!Equals(message.To, Herald.WhatsApp.Messages.Recipient.OfPhone("16505559999")))
                await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System);
            return FakeMeta.Accepted(number);
        };
        await AddQueuedAsync(800);
        await StartAsync(new Dictionary<string, string?> { ["ConcurrencyPerNode"] = "16" });
        await Watch.UntilAsync("requests of the big tenant", () => Task.FromResult(Meta.Sent.Count), sent => sent > 20);

        // What waits for the big tenant waits each time; what only a busy machine held up does not.
        var quickest = TimeSpan.MaxValue;
        for (var sent = 1; sent <= TriesMax && quickest >= TimeSpan.FromSeconds(1); sent++)
        {
            await Node.People.AddQueuedCampaignAsync(small);
            var rows = await Watch.UntilAsync("the small tenant's message", () => Node.People.MessagesAsync(small.Tenant, null),
                rows => rows.Count == sent && rows.All(row => row.State == MessageState.Accepted));
            quickest = rows.Select(row => row.AcceptTime.GetValueOrDefault() - row.CreateTime).Append(quickest).Min();
        }

        Assert.True(quickest < TimeSpan.FromSeconds(1), $"The quickest took {quickest}.");
        Assert.Contains(await Node.People.MessagesAsync(Shop.Tenant, null), row => row.State == MessageState.Queued);
    }

    [Fact]
    public async Task Idle_senders_make_no_claims_and_share_one_look()
    {
        for (var i = 0; i < 20; i++)
            await Node.People.AddSenderAsync(Shop.Tenant, $"40{i:d2}", SenderKind.Business, "EAAtoken");
        int claims = 0, looks = 0;
        Messages.Before = (method, _) =>
        {
            if (method == nameof(IMessageStore.ClaimAsync))
                Interlocked.Increment(ref claims);
            if (method == nameof(IMessageStore.ListDueAsync))
                Interlocked.Increment(ref looks);
            return Task.CompletedTask;
        };
        await StartAsync();
        await Watch.UntilAsync("all owned", () => Task.FromResult(Node.Log.Entries), log => log.Count(entry => entry.EventId == 2001) == 21);
        var before = Volatile.Read(ref claims);
        await Watch.UntilAsync("looks", () => Task.FromResult(Volatile.Read(ref looks)), seen => seen > 5);

        // Listening begins with a signal for each channel that says "look at everything"; that is a look, too, and no claim.
        Assert.Equal((0, 0), (before, Volatile.Read(ref claims)));
        await AddQueuedAsync(2);
        await UntilAllAreAsync(MessageState.Accepted);
        Assert.InRange(claims, 1, 3);
    }

    [Fact]
    public async Task A_message_that_is_due_later_goes_out_when_it_is_due()
    {
        await AddQueuedAsync(1);
        var one = Assert.Single(await Node.People.MessagesAsync(Shop.Tenant, null));
        await StartAsync();
        await UntilAllAreAsync(MessageState.Accepted);

        var due = Now.AddMilliseconds(700);
        await Node.Get<IMessageStore>().EnqueueAsync(
        [
            new NewMessage
            {
                TenantId = Shop.Tenant,
                MessageId = Node.Ids.New<MessageId>(),
                ContactId = one.ContactId,
                SenderId = Shop.Sender,
                Class = MessageClass.Reply,
                Content = """{"type":"text","text":{"body":"Hello"}}""",
                DedupeKey = "later",
                DueTime = due,
                CreateTime = Now,
            },
        ], default);
        var rows = await UntilAllAsync("an end of all", row => row.State is MessageState.Accepted or MessageState.Failed);

        var late = rows.Single(row => row.Class == MessageClass.Reply);
        Assert.InRange(late.ClaimTime.GetValueOrDefault() - due, TimeSpan.Zero, TimeSpan.FromSeconds(2));
    }
}

public sealed class SqliteSharingTests() : SharingTests(DatabaseProvider.Sqlite);

public sealed class PostgreSqlSharingTests() : SharingTests(DatabaseProvider.PostgreSql);

using Dapper;
using Herald.Delivery.Messages;
using Herald.Delivery.Tests.Support;
using Herald.Domain.Messages;
using Herald.Domain.Templates;
using Herald.Grains;
using Herald.Grains.Tenants;
using Herald.Storage;
using Herald.Storage.Leases;
using Herald.Storage.Messages;
using Herald.WhatsApp;
using Herald.WhatsApp.Messages;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Herald.Delivery.Tests.Messages;

/// <summary>An outcome that nobody knows has a time in which a status may tell it; what follows depends on what the message is for.</summary>
public abstract class GraceTimeTests(DatabaseProvider provider) : DeliveryTest(provider)
{
    [Theory]
    [InlineData(TemplateCategory.Marketing, true)]
    [InlineData(TemplateCategory.Utility, false)]
    [InlineData(TemplateCategory.Authentication, false)]
    public async Task Unless_it_may_go_once_more_it_stays_unsent_and_ends(TemplateCategory category, bool resends)
    {
        await QueueAsync(category, resends);
        AnswerNothing();

        await StartAsync();
        var unknown = await UntilTheOneAsync("an unknown outcome", row => row.State == MessageState.Unknown);
        await EndGraceTimesAsync();
        var end = await UntilTheOneAsync("an end", row => row.State == MessageState.Expired);

        Assert.NotEmpty(end.ErrorDetail);
        Assert.Equal((1, unknown.MessageId), (end.Attempts, end.MessageId));
        Assert.Single(Meta.Sent);
    }

    [Theory]
    [InlineData(TemplateCategory.Utility)]
    [InlineData(TemplateCategory.Authentication)]
    public async Task What_may_go_once_more_goes_once_more_and_never_again(TemplateCategory category)
    {
        await QueueAsync(category, resends: true);
        AnswerNothing();

        await StartAsync();
        await UntilTheOneAsync("a first unknown outcome", row => row.State == MessageState.Unknown);
        await EndGraceTimesAsync();
        await UntilTheOneAsync("a second unknown outcome", row => row is { State: MessageState.Unknown, Attempts: 2 });
        await EndGraceTimesAsync();

        await UntilTheOneAsync("an end", row => row is { State: MessageState.Expired, Attempts: 2 });
        Assert.Equal(2, Meta.Sent.Count);
    }

    [Theory]
    [InlineData(-1, MessageState.Expired)]
    [InlineData(60, MessageState.Queued)]
    public async Task What_is_too_late_when_its_grace_time_ends_is_not_queued_once_more(int minutesLeft, MessageState expected)
    {
        await QueueAsync(TemplateCategory.Utility, resends: true);
        await LoseAnswerAsync();
        await ExecuteAsync("UPDATE messages SET due_time = 1, expire_time = @Expire WHERE state = 25", new { Expire = Now.AddMinutes(minutesLeft) });
        var graceTimes = new GraceTimes(
            Node.Get<IMessageStore>(), Node.Grains, Options.Create(new DeliveryOptions()), Node.Time, NullLogger<GraceTimes>.Instance);

        Assert.Equal(1, await graceTimes.EndDueAsync(10, default));

        Assert.Equal(expected, Assert.Single(await Node.People.MessagesAsync(Shop.Tenant, null)).State);
    }

    [Fact]
    public async Task A_status_that_comes_after_the_grace_time_still_settles_it()
    {
        await QueueAsync(TemplateCategory.Marketing, resends: false);
        AnswerNothing();

        await StartAsync();
        await UntilTheOneAsync("an unknown outcome", row => row.State == MessageState.Unknown);
        await EndGraceTimesAsync();
        var end = await UntilTheOneAsync("an end", row => row.State == MessageState.Expired);
        await Node.Get<IMessageStore>().ApplyStatusesAsync([new StatusUpdate
        {
            TenantId = Shop.Tenant,
            MessageId = end.MessageId,
            Wamid = "wamid.late",
            Evidence = MessageState.Read,
            Time = Now,
        }], default);

        var row = await UntilTheOneAsync("what the status tells", message => message.State == MessageState.Read);
        Assert.Equal(("wamid.late", null, ""), (row.Wamid, row.EndTime, row.ErrorDetail));
    }

    [Fact]
    public async Task A_tenant_whose_settings_cannot_be_read_holds_up_nobody_else()
    {
        var other = await Node.People.AddBusinessAsync("Café Sol", "200");
        await QueueAsync(TemplateCategory.Utility, resends: true);
        await Node.People.AddPeopleAsync(other, 1);
        await Node.People.AddQueuedCampaignAsync(other);
        AnswerNothing();
        var grains = BrokenGrain.Of(Node.Grains, GrainKeys.Tenant(Shop.Tenant));
        await using var loops = await DeliveryLoops.StartAsync(
            Node, services => services.AddSingleton<IWhatsAppClient>(Meta).AddSingleton(grains), new Dictionary<string, string?>());
        await UntilAllAreAsync(MessageState.Unknown);
        Task<IReadOnlyList<MessageRow>> OthersAsync() => Node.People.MessagesAsync(other.Tenant, null);
        await Watch.UntilAsync("the other's unknown outcome", OthersAsync, rows => rows.All(row => row.State == MessageState.Unknown));

        await EndGraceTimesAsync();
        await Watch.UntilAsync("the other's end", OthersAsync, rows => rows.All(row => row.State == MessageState.Expired));
        Assert.Equal(MessageState.Unknown, Assert.Single(await Node.People.MessagesAsync(Shop.Tenant, null)).State);
        BrokenGrain.Mend(grains);

        await UntilTheOneAsync("a second attempt", row => row.Attempts == 2);
    }

    /// <summary>The server's clock is not ours to move, so the beginnings of all grace times are moved into its past.</summary>
    private Task<int> EndGraceTimesAsync() => ExecuteAsync("UPDATE messages SET due_time = 1 WHERE state = 25", null);

    private Task<int> ExecuteAsync(string sql, object? values) => Node.Database.Get<IDatabase>().WriteAsync(
        (connection, transaction) => connection.ExecuteAsync(sql, values, transaction), default);

    /// <summary>One attempt, of which nobody knows what became.</summary>
    private async Task LoseAnswerAsync()
    {
        var messages = Node.Get<IMessageStore>();
        var lease = await Node.Get<ILeaseStore>().AcquireAsync(LeaseNames.Sender(Shop.Tenant, Shop.Sender), "node-a", TimeSpan.FromHours(1), default);
        var claimed = Assert.Single((await messages.ClaimAsync(new ClaimRequest
        {
            TenantId = Shop.Tenant,
            SenderId = Shop.Sender,
            Node = "node-a",
            Epoch = lease!.Epoch,
            Limit = 1,
            Now = Now,
            Duration = TimeSpan.FromMinutes(1),
        }, default)).Messages);
        await messages.SettleAsync([new Claim(Shop.Tenant, claimed.MessageId, lease.Epoch, claimed.Attempt).Unknown(0, "No answer.", Now)], default);
    }

    private void AnswerNothing() => Meta.Answer = (_, _) => Task.FromResult<SendResult>(new SendResult.Unknown(UnknownKind.ConnectionLost, null));

    private async Task QueueAsync(TemplateCategory category, bool resends)
    {
        if (resends)
            await Node.Grains.GetGrain<ITenantGrain>(GrainKeys.Tenant(Shop.Tenant)).UpdateSettings(new TenantSettings { ResendUnknown = true }, "");
        var template = await Node.People.AddTemplateAsync(Shop.Tenant, "news", category, "There is news.");
        await Node.People.AddPeopleAsync(Shop, 1);
        await Node.People.AddQueuedCampaignAsync(Shop with { Template = template });
    }
}

public sealed class SqliteGraceTimeTests() : GraceTimeTests(DatabaseProvider.Sqlite);

public sealed class PostgreSqlGraceTimeTests() : GraceTimeTests(DatabaseProvider.PostgreSql);

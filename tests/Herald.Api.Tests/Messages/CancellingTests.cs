using Grpc.Core;
using Herald.Api.Tests.Support;
using Herald.Contracts.Errors.V1;
using Herald.Contracts.Messages.V1;
using Herald.Contracts.Tenants.V1;
using Herald.Storage.Audit;
using Herald.Storage.Messages;

namespace Herald.Api.Tests.Messages;

public sealed class CancellingTests(SqliteApi api) : IClassFixture<SqliteApi>
{
    [Fact]
    public async Task A_message_that_waits_for_its_time_is_taken_back_and_its_story_and_the_audit_say_by_whom()
    {
        var shop = await MessageShop.CreateAsync(api.Host);
        var message = await shop.SendLaterAsync(TimeSpan.FromDays(2));

        var cancelled = await CancelAsync(shop, message);

        Assert.Equal((message.Name, MessageState.Cancelled), (cancelled.Name, cancelled.State));
        Assert.NotNull(cancelled.EndTime);
        Assert.Equal(cancelled, await shop.GetAsync(message));
        var end = (await shop.StoryAsync(message))[^1];
        Assert.Equal((MessageEventKind.Cancelled, message.Actor, cancelled.EndTime), (end.Kind, end.Actor, end.EventTime));
        Assert.Contains("caller", end.Text, StringComparison.Ordinal);
        var noted = (await api.Host.Get<IAuditStore>().ListAsync(shop.Tenant, null, 1, CancellationToken.None))[0];
        Assert.Equal(("CancelMessage", message.Name, "OK"), (noted.Action, noted.Resource, noted.Outcome));
    }

    [Fact]
    public async Task A_repeated_request_gets_the_first_answer_and_so_does_one_whose_answer_was_lost()
    {
        var shop = await MessageShop.CreateAsync(api.Host);
        var message = await shop.SendAsync();
        var request = new CancelMessageRequest { Name = message.Name, RequestId = World.NewRequestId() };

        var first = await shop.Client.CancelMessageAsync(request, shop.Caller.Auth);
        var second = await shop.Client.CancelMessageAsync(request, shop.Caller.Auth);
        Assert.Equal(1, await api.Host.ForgetAnswerAsync(request.RequestId));
        var third = await shop.Client.CancelMessageAsync(request, shop.Caller.Auth);
        var other = await CancelAsync(shop, message);

        Assert.Equal([first, first], [second, third]);
        Assert.Equal(first.Message, other);
    }

    [Fact]
    public async Task What_has_left_is_refused_with_its_state()
    {
        var shop = await MessageShop.CreateAsync(api.Host);
        var message = await shop.SendAsync();
        await shop.Store.ApplyStatusesAsync(
            [
                new StatusUpdate
                {
                    TenantId = shop.Tenant,
                    MessageId = MessageShop.IdOf(message),
                    Wamid = "wamid.sent",
                    Evidence = Domain.Messages.MessageState.Sent,
                    Time = TimeProvider.System.GetUtcNow(),
                },
            ],
            CancellationToken.None);

        var detail = await Expect.FailsAsync(StatusCode.FailedPrecondition, Reason.MessageState, () => CancelAsync(shop, message));

        Assert.Equal((message.Name, "SENT", "QUEUED"), (detail.Metadata["resource"], detail.Metadata["state"], detail.Metadata["allowed_states"]));
        Assert.Equal(MessageState.Sent, (await shop.GetAsync(message)).State);
        var noted = (await api.Host.Get<IAuditStore>().ListAsync(shop.Tenant, null, 1, CancellationToken.None))[0];
        Assert.Equal(("CancelMessage", message.Name, "MESSAGE_STATE"), (noted.Action, noted.Resource, noted.Outcome));
    }

    [Fact]
    public async Task What_does_not_exist_is_not_found()
    {
        var shop = await MessageShop.CreateAsync(api.Host);
        var message = new Message { Name = $"{shop.Caller.Name}/messages/{World.NewRequestId()}" };

        await Expect.FailsAsync(StatusCode.NotFound, Reason.ResourceNotFound, () => CancelAsync(shop, message));
    }

    [Fact]
    public async Task Whoever_may_not_send_may_not_take_back()
    {
        var shop = await MessageShop.CreateAsync(api.Host);
        var message = await shop.SendAsync();
        var reader = shop with { Caller = await api.Host.NewKeyAsync(shop.Caller, ApiKeyScope.Read, ApiKeyScope.Write) };

        await Expect.FailsAsync(StatusCode.PermissionDenied, Reason.ScopeMissing, () => CancelAsync(reader, message));

        Assert.Equal(MessageState.Queued, (await shop.GetAsync(message)).State);
    }

    private static async Task<Message> CancelAsync(MessageShop shop, Message message) => (await shop.Client.CancelMessageAsync(
        new CancelMessageRequest { Name = message.Name, RequestId = World.NewRequestId() }, shop.Caller.Auth)).Message;
}

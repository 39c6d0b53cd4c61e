using Google.Protobuf.WellKnownTypes;
using Herald.Api.Tests.Support;
using Herald.Contracts.Messages.V1;

namespace Herald.Api.Tests.Messages;

public sealed class ListingTests(SqliteApi api) : IClassFixture<SqliteApi>
{
    [Fact]
    public async Task Messages_are_listed_by_when_they_were_made_page_by_page_and_beside_other_filters()
    {
        var shop = await MessageShop.CreateAsync(api.Host);
        var made = new List<Message>();
        for (var i = 0; i < 5; i++)
            made.Add(await shop.SendAsync());
        await shop.Client.CancelMessageAsync(new CancelMessageRequest { Name = made[2].Name, RequestId = World.NewRequestId() }, shop.Caller.Auth);
        var (start, end) = (made[1].CreateTime, made[4].CreateTime);
        // Two may be of the same millisecond.
        var within = made.Where(message => message.CreateTime.CompareTo(start) >= 0 && message.CreateTime.CompareTo(end) < 0).ToList();
        var request = new ListMessagesRequest { Parent = shop.Caller.Name, CreateTimeStart = start, CreateTimeEnd = end, PageSize = 1 };
        var other = (await api.Host.CreateContactAsync(shop.Caller, "+34600000002")).Name;

        var pages = new List<ListMessagesResponse> { await ListAsync(shop, request) };
        while (pages[^1].NextPageToken.Length > 0)
            pages.Add(await ListAsync(shop, new ListMessagesRequest(request) { PageToken = pages[^1].NextPageToken }));
        var queued = await ListAsync(shop, new ListMessagesRequest(request) { State = MessageState.Queued, PageSize = 50 });
        var toAnother = await ListAsync(shop, new ListMessagesRequest(request) { Contact = other });

        Assert.NotEmpty(within);
        Assert.Equal(Names(within), Names(pages.SelectMany(page => page.Messages)));
        Assert.Equal(Names(within.Where(message => message.Name != made[2].Name)), Names(queued.Messages));
        Assert.Empty(toAnother.Messages);
        await Expect.FieldFailsAsync("page_token", "malformed", () => ListAsync(
            shop, new ListMessagesRequest(request) { PageToken = pages[0].NextPageToken, CreateTimeEnd = null }));
    }

    [Fact]
    public async Task A_time_that_ends_before_it_begins_is_refused()
    {
        var shop = await MessageShop.CreateAsync(api.Host);
        var now = Timestamp.FromDateTimeOffset(TimeProvider.System.GetUtcNow());

        await Expect.FieldFailsAsync("create_time_end", "out_of_range", () => ListAsync(
            shop, new ListMessagesRequest { Parent = shop.Caller.Name, CreateTimeStart = now, CreateTimeEnd = now }));
    }

    [Fact]
    public async Task A_request_that_broke_off_before_it_queued_anything_makes_its_message_as_of_when_it_came_first()
    {
        var shop = await MessageShop.CreateAsync(api.Host);
        var request = new SendMessageRequest { Parent = shop.Caller.Name, Message = shop.Outgoing("Ana"), RequestId = World.NewRequestId() };
        var first = (await shop.Client.SendMessageAsync(request, shop.Caller.Auth)).Message;
        Assert.Equal(1, await api.Host.ForgetAnswerAsync(request.RequestId));
        Assert.Equal(1, await api.Host.ForgetMessageAsync(MessageShop.IdOf(first)));

        var second = (await shop.Client.SendMessageAsync(request, shop.Caller.Auth)).Message;

        Assert.Equal((first.Name, first.CreateTime, first.DueTime), (second.Name, second.CreateTime, second.DueTime));
        Assert.DoesNotContain(await shop.StoryAsync(second), step => step.Kind == MessageEventKind.Scheduled);
    }

    private static async Task<ListMessagesResponse> ListAsync(MessageShop shop, ListMessagesRequest request) =>
        await shop.Client.ListMessagesAsync(request, shop.Caller.Auth);

    private static IEnumerable<string> Names(IEnumerable<Message> messages) => messages.Select(message => message.Name);
}

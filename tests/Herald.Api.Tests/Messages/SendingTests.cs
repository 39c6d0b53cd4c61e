using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Herald.Api.Tests.Support;
using Herald.Contracts.Consents.V1;
using Herald.Contracts.Contacts.V1;
using Herald.Contracts.Errors.V1;
using Herald.Contracts.Messages.V1;
using Herald.Domain;
using Herald.Domain.Contacts;
using Herald.Domain.Senders;
using Herald.Storage.Contacts;
using Herald.Storage.Messages;
using Herald.WhatsApp.Messages;
using MessageId = Herald.Domain.Messages.MessageId;
using OutgoingMessage = Herald.Contracts.Messages.V1.OutgoingMessage;
using SenderKind = Herald.Contracts.Tenants.V1.SenderKind;

namespace Herald.Api.Tests.Messages;

public sealed class SendingTests(SqliteApi api) : IClassFixture<SqliteApi>
{
    private MessagesService.MessagesServiceClient Messages => new(api.Host.Channel);

    [Fact]
    public async Task A_template_goes_into_the_queue_with_its_values_and_says_who_sent_it()
    {
        var shop = await ShopAsync();
        await GrantAsync(shop, shop.Contact);
        var wanted = Template(shop, "Ana");
        wanted.ExpireTime = In(TimeSpan.FromHours(1));

        var message = await SendAsync(shop, wanted);

        Assert.Equal((MessageState.Queued, MessageClass.Marketing, shop.Template), (message.State, message.MessageClass, message.Template));
        Assert.Equal((shop.Contact, shop.Sender, ""), (message.Contact, message.Sender, message.Campaign));
        Assert.StartsWith($"{shop.Caller.Name}/apiKeys/", message.Actor, StringComparison.Ordinal);
        Assert.Equal(Micros.Truncate(wanted.ExpireTime.ToDateTimeOffset()), message.ExpireTime.ToDateTimeOffset());
        var content = Assert.IsType<TemplateContent>((await ContentAsync(shop, message)).Content);
        Assert.Equal("Ana", Assert.Single(content.Body).Text);
    }

    [Theory]
    [InlineData(Contracts.Templates.V1.TemplateCategory.Marketing, 7 * 24 * 60)]
    [InlineData(Contracts.Templates.V1.TemplateCategory.Utility, 3 * 24 * 60)]
    [InlineData(null, 24 * 60)]
    public async Task What_names_no_expire_time_gets_one_by_its_class_that_counts_from_when_it_is_to_be_sent(
        Contracts.Templates.V1.TemplateCategory? category, int minutes)
    {
        var shop = await ShopAsync(category ?? Contracts.Templates.V1.TemplateCategory.Marketing);
        await GrantAsync(shop, shop.Contact);
        await WroteAsync(shop, TimeSpan.Zero);
        var wanted = category is null ? Text(shop, "Hello") : Template(shop, "Ana");
        wanted.SendTime = In(TimeSpan.FromHours(1));

        var message = await SendAsync(shop, wanted);

        Assert.Equal(Micros.Truncate(wanted.SendTime.ToDateTimeOffset()), message.DueTime.ToDateTimeOffset());
        Assert.Equal(message.DueTime.ToDateTimeOffset().AddMinutes(minutes), message.ExpireTime.ToDateTimeOffset());
        var events = await Messages.ListMessageEventsAsync(new ListMessageEventsRequest { Parent = message.Name }, shop.Caller.Auth);
        Assert.Contains(events.MessageEvents, told => told.Kind == MessageEventKind.Scheduled && told.DueTime == message.DueTime);
    }

    [Fact]
    public async Task A_repeated_request_queues_nothing_more()
    {
        var shop = await ShopAsync();
        await GrantAsync(shop, shop.Contact);
        var request = new BatchSendMessagesRequest
        {
            Parent = shop.Caller.Name,
            Messages = { Template(shop, "Ana"), Template(shop, "Eva") },
            RequestId = World.NewRequestId(),
        };

        var first = await Messages.BatchSendMessagesAsync(request, shop.Caller.Auth);
        await ForgetAnswerAsync(request.RequestId);
        var second = await Messages.BatchSendMessagesAsync(request, shop.Caller.Auth);

        Assert.Equal(first, second);
        Assert.Equal(2, (await Messages.ListMessagesAsync(new ListMessagesRequest { Parent = shop.Caller.Name }, shop.Caller.Auth)).Messages.Count);
    }

    [Fact]
    public async Task To_a_restricted_contact_nothing_is_sent_until_that_is_lifted()
    {
        var shop = await ShopAsync();
        await GrantAsync(shop, shop.Contact);
        var contacts = new ContactsService.ContactsServiceClient(api.Host.Channel);
        await contacts.RestrictContactAsync(new RestrictContactRequest { Name = shop.Contact, RequestId = World.NewRequestId() }, shop.Caller.Auth);

        var refused = await RefusalAsync(Reason.ContactNotReachable, shop, Template(shop, "Ana"));
        await contacts.UnrestrictContactAsync(new UnrestrictContactRequest { Name = shop.Contact, RequestId = World.NewRequestId() }, shop.Caller.Auth);
        var message = await SendAsync(shop, Template(shop, "Ana"));

        Assert.Equal("RESTRICTED", refused.Metadata["suppression_reason"]);
        Assert.Equal(MessageState.Queued, message.State);
    }

    [Fact]
    public async Task Marketing_needs_an_opt_in_and_respects_a_refusal()
    {
        var shop = await ShopAsync();

        var never = await RefusalAsync(Reason.NoOptIn, shop, Template(shop, "Ana"));
        await GrantAsync(shop, shop.Contact);
        await RecordAsync(shop, shop.Contact, ConsentAction.Revoke);
        var refused = await RefusalAsync(Reason.OptedOut, shop, Template(shop, "Ana"));
        var unknown = Template(shop, "Ana");
        unknown.PhoneNumber = "+34611111111";
        await RefusalAsync(Reason.NoOptIn, shop, unknown);

        Assert.Equal(shop.Contact, never.Metadata["resource"]);
        Assert.Equal((shop.Contact, "TENANT"), (refused.Metadata["resource"], refused.Metadata["scope"]));
        Assert.Null(await api.Host.Get<IContactStore>().FindByPhoneAsync(shop.Caller.Tenant, ["34611111111"], CancellationToken.None));
    }

    [Fact]
    public async Task Anything_but_a_template_needs_an_open_window()
    {
        var shop = await ShopAsync();

        var never = await RefusalAsync(Reason.WindowClosed, shop, Text(shop, "Hello"));
        await WroteAsync(shop, TimeSpan.FromHours(25));
        var closed = await RefusalAsync(Reason.WindowClosed, shop, Text(shop, "Hello"));
        await WroteAsync(shop, TimeSpan.FromHours(1));
        var late = Text(shop, "Hello");
        late.SendTime = In(TimeSpan.FromHours(24));
        await RefusalAsync(Reason.WindowClosed, shop, late);
        var message = await SendAsync(shop, Text(shop, "Hello"));

        Assert.DoesNotContain("close_time", never.Metadata.Keys);
        Assert.True(DateTimeOffset.Parse(closed.Metadata["close_time"], null) < TimeProvider.System.GetUtcNow());
        Assert.Equal((MessageState.Queued, MessageClass.Reply), (message.State, message.MessageClass));
    }

    [Fact]
    public async Task Everything_that_WhatsApp_takes_can_be_said_and_quote_a_message()
    {
        var shop = await ShopAsync();
        await WroteAsync(shop, TimeSpan.FromMinutes(1));
        MessageContent[] expected =
        [
            new TextContent("See https://a.example") { PreviewUrl = true },
            new MediaContent(MediaReference.ByLink(MediaKind.Image, "https://a.example/a.jpg")) { Caption = "Hi" },
            new MediaContent(MediaReference.ById(MediaKind.Document, "11", "bill.pdf")),
            new MediaContent(MediaReference.ById(MediaKind.Audio, "12")) { IsVoice = true },
            new MediaContent(MediaReference.ById(MediaKind.Video, "13")),
            new MediaContent(MediaReference.ById(MediaKind.Sticker, "14")),
            new ButtonsContent("Choose", [new("y", "Yes"), new("n", "No")]) { Header = InteractiveHeader.OfMedia(MediaReference.ById(MediaKind.Image, "15")) },
            new ListContent("Pick", "Open", [new(null, [new("r1", "Pro") { Description = "10 seats" }])]) { Footer = "Small" },
            new CtaUrlContent("Details", "Open", "https://a.example") { Header = InteractiveHeader.OfText("Top") },
            new LocationContent(37.44, -122.16) { Name = "Shop" },
            new ReactionContent("wamid.IN1", "👍"),
        ];

        var request = new BatchSendMessagesRequest { Parent = shop.Caller.Name, Messages = { Everything(shop) }, RequestId = World.NewRequestId() };
        var answer = await Messages.BatchSendMessagesAsync(request, shop.Caller.Auth);

        Assert.All(answer.Outcomes, outcome => Assert.Equal(SendOutcome.OutcomeOneofCase.Message, outcome.OutcomeCase));
        var contents = new List<QueuedContent>();
        foreach (var outcome in answer.Outcomes)
            contents.Add(await ContentAsync(shop, outcome.Message));
        Assert.Equal(expected, contents.Select(content => content.Content));
        Assert.Equal(["wamid.IN1"], contents.Select(content => content.ContextMessageId).OfType<string>());
    }

    [Fact]
    public async Task Of_a_batch_each_message_is_refused_in_its_place_by_field_and_rule()
    {
        var (shop, other) = (await ShopAsync(), await ShopAsync());
        await WroteAsync(shop, TimeSpan.FromMinutes(1));
        OutgoingMessage[] wrong =
        [
            new() { Sender = shop.Sender, Contact = shop.Contact },
            Text(shop, ""),
            Text(shop, "a\0b"),
            new() { Sender = shop.Sender, PhoneNumber = "+34", Text = new OutgoingText { Text = "Hi" } },
            new() { Sender = other.Sender, Contact = shop.Contact, Text = new OutgoingText { Text = "Hi" } },
            new() { Sender = shop.Sender, Contact = other.Contact, Text = new OutgoingText { Text = "Hi" } },
            new() { Sender = shop.Sender, Contact = $"{shop.Caller.Name}/contacts/{World.NewRequestId()}", Text = new OutgoingText { Text = "Hi" } },
            new() { Sender = shop.Sender, Contact = shop.Contact, Buttons = new OutgoingButtons { Text = "Hi", Buttons = { new OutgoingButton { ReplyId = "a", Title = new string('x', 21) } } } },
            new() { Sender = shop.Sender, Contact = shop.Contact, Sticker = new OutgoingMedia { MediaId = "1", Caption = "no" } },
            new() { Sender = shop.Sender, Contact = shop.Contact, Template = new OutgoingTemplate { Template = shop.Template, Parameters = { ["body.2"] = "x" } } },
        ];
        var request = new BatchSendMessagesRequest { Parent = shop.Caller.Name, Messages = { wrong, Text(shop, "Hi") }, RequestId = World.NewRequestId() };

        var outcomes = (await Messages.BatchSendMessagesAsync(request, shop.Caller.Auth)).Outcomes;

        Assert.Equal(
            [
                "messages[0].content required", "messages[1].text.text required", "messages[2].text.text malformed",
                "messages[3].phone_number too_short", $"{other.Sender} ResourceNotFound", $"{other.Contact} ResourceNotFound",
                $"{wrong[6].Contact} ResourceNotFound", "messages[7].buttons.buttons[0].title too_long", "messages[8].sticker.caption not_allowed",
                "messages[9].template.parameters[\"body.2\"] unknown_value",
            ],
            outcomes.SkipLast(1).Select(outcome => outcome.Refusal.Detail).Select(detail => detail.FieldViolations.Count > 0
                ? $"{detail.FieldViolations[0].Field} {detail.FieldViolations[0].Rule}"
                : $"{detail.Metadata["resource"]} {detail.Reason}"));
        Assert.Equal((int)StatusCode.InvalidArgument, outcomes[0].Refusal.Code);
        Assert.Equal(MessageState.Queued, outcomes[^1].Message.State);
    }

    [Fact]
    public async Task A_batch_has_a_bound_and_its_ids_keep_its_order()
    {
        var shop = await ShopAsync();
        await WroteAsync(shop, TimeSpan.FromMinutes(1));
        BatchSendMessagesRequest Batch(int count) => new()
        {
            Parent = shop.Caller.Name,
            Messages = { Enumerable.Range(0, count).Select(i => Text(shop, $"Hello {i}")) },
            RequestId = World.NewRequestId(),
        };

        await Expect.FieldFailsAsync("messages", "too_long", async () => await Messages.BatchSendMessagesAsync(Batch(1_001), shop.Caller.Auth));
        await Expect.FieldFailsAsync("messages", "required", async () => await Messages.BatchSendMessagesAsync(Batch(0), shop.Caller.Auth));
        var outcomes = (await Messages.BatchSendMessagesAsync(Batch(1_000), shop.Caller.Auth)).Outcomes;

        var names = outcomes.Select(outcome => outcome.Message.Name).ToList();
        Assert.Equal(1_000, names.Distinct().Count());
        Assert.Equal(names.Order(StringComparer.Ordinal), names);
    }

    [Fact]
    public async Task Sender_and_template_are_looked_at()
    {
        var shop = await ShopAsync();
        await GrantAsync(shop, shop.Contact);
        var business = api.Host.AddBusiness();
        var elsewhere = await api.Host.ConnectAsync(shop.Caller, business, SenderKind.Business);
        var draft = await api.Host.CreateTemplateAsync(shop.Caller, business.WabaId);
        var otherAccount = Template(shop, "Ana");
        otherAccount.Sender = elsewhere.Name;
        var notApproved = Template(shop, "Ana");
        (notApproved.Sender, notApproved.Template.Template) = (elsewhere.Name, draft.Name);

        await Expect.FieldFailsAsync("message.template.template", "other_account", () => SendAsync(shop, otherAccount));
        var state = await RefusalAsync(Reason.TemplateNotApproved, shop, notApproved);
        await Expect.FieldFailsAsync("message.template.parameters[\"body.1\"]", "required", () => SendAsync(shop, Template(shop, " ")));

        Assert.Equal((draft.Name, "DRAFT"), (state.Metadata["resource"], state.Metadata["state"]));
    }

    [Fact]
    public async Task A_person_whom_nobody_knew_becomes_one_contact()
    {
        var shop = await ShopAsync(Contracts.Templates.V1.TemplateCategory.Utility);
        OutgoingMessage To(string phone)
        {
            var message = Template(shop, "Ana");
            message.PhoneNumber = phone;
            return message;
        }
        var request = new BatchSendMessagesRequest
        {
            Parent = shop.Caller.Name,
            Messages = { To("+55 11 98765 4321"), To("+551187654321") },
            RequestId = World.NewRequestId(),
        };

        var outcomes = (await Messages.BatchSendMessagesAsync(request, shop.Caller.Auth)).Outcomes;
        var again = await SendAsync(shop, To("+5511987654321"));

        Assert.Equal(outcomes[0].Message.Contact, outcomes[1].Message.Contact);
        Assert.Equal(outcomes[0].Message.Contact, again.Contact);
        var contact = await new ContactsService.ContactsServiceClient(api.Host.Channel).GetContactAsync(
            new GetContactRequest { Name = again.Contact }, shop.Caller.Auth);
        Assert.Equal("+5511987654321", contact.Contact.PhoneNumber);
    }

    private async Task<Shop> ShopAsync(Contracts.Templates.V1.TemplateCategory category = Contracts.Templates.V1.TemplateCategory.Marketing)
    {
        var caller = await api.Host.NewTenantAsync();
        var business = api.Host.AddBusiness();
        var sender = await api.Host.ConnectAsync(caller, business, SenderKind.Business);
        var template = await api.Host.ApproveTemplateAsync(caller, business.WabaId, category);
        var contact = await api.Host.CreateContactAsync(caller, "+34600000001");
        return new Shop(caller, sender.Name, template.Name, contact.Name);
    }

    private async Task<Message> SendAsync(Shop shop, OutgoingMessage message) => (await Messages.SendMessageAsync(
        new SendMessageRequest { Parent = shop.Caller.Name, Message = message, RequestId = World.NewRequestId() }, shop.Caller.Auth)).Message;

    private Task<ErrorDetail> RefusalAsync(Reason reason, Shop shop, OutgoingMessage message) =>
        Expect.FailsAsync(StatusCode.FailedPrecondition, reason, () => SendAsync(shop, message));

    private Task GrantAsync(Shop shop, string contact) => RecordAsync(shop, contact, ConsentAction.Grant);

    private async Task RecordAsync(Shop shop, string contact, ConsentAction action) =>
        await new ConsentsService.ConsentsServiceClient(api.Host.Channel).RecordConsentAsync(
            new RecordConsentRequest
            {
                Parent = contact,
                Purpose = ConsentPurpose.Marketing,
                Action = action,
                Evidence = new ConsentEvidence { Wording = "yes" },
                RequestId = World.NewRequestId(),
            },
            shop.Caller.Auth);

    private Task WroteAsync(Shop shop, TimeSpan ago) => api.Host.Get<IContactStore>().TouchWindowAsync(
        shop.Caller.Tenant, ContactId.Parse(shop.Contact[^36..]), SenderId.Parse(shop.Sender[^36..]), TimeProvider.System.GetUtcNow() - ago,
        CancellationToken.None);

    private async Task<QueuedContent> ContentAsync(Shop shop, Message message)
    {
        var row = await api.Host.Get<IMessageStore>().GetAsync(shop.Caller.Tenant, MessageId.Parse(message.Name[^36..]), CancellationToken.None);
        return QueuedContent.Parse(row!.Content!);
    }

    private async Task ForgetAnswerAsync(string requestId) => Assert.Equal(1, await api.Host.ForgetAnswerAsync(requestId));

    private static Timestamp In(TimeSpan span) => Timestamp.FromDateTimeOffset(TimeProvider.System.GetUtcNow() + span);

    private static OutgoingMessage Template(Shop shop, string value) => new()
    {
        Sender = shop.Sender,
        Contact = shop.Contact,
        Template = new OutgoingTemplate { Template = shop.Template, Parameters = { ["body.1"] = value } },
    };

    private static OutgoingMessage Text(Shop shop, string text) =>
        new() { Sender = shop.Sender, Contact = shop.Contact, Text = new OutgoingText { Text = text } };

    private static OutgoingMessage[] Everything(Shop shop)
    {
        OutgoingMessage[] all =
        [
            new() { Text = new OutgoingText { Text = "See https://a.example", PreviewLink = true }, ReplyTo = "wamid.IN1" },
            new() { Image = new OutgoingMedia { Link = "https://a.example/a.jpg", Caption = "Hi" } },
            new() { Document = new OutgoingMedia { MediaId = "11", FileName = "bill.pdf" } },
            new() { Audio = new OutgoingMedia { MediaId = "12", Voice = true } },
            new() { Video = new OutgoingMedia { MediaId = "13" } },
            new() { Sticker = new OutgoingMedia { MediaId = "14" } },
            new()
            {
                Buttons = new OutgoingButtons
                {
                    Header = new OutgoingHeader { Image = new OutgoingMedia { MediaId = "15" } },
                    Text = "Choose",
                    Buttons = { new OutgoingButton { ReplyId = "y", Title = "Yes" }, new OutgoingButton { ReplyId = "n", Title = "No" } },
                },
            },
            new()
            {
                List = new OutgoingList
                {
                    Text = "Pick",
                    Footer = "Small",
                    ButtonText = "Open",
                    Sections = { new OutgoingSection { Rows = { new OutgoingRow { ReplyId = "r1", Title = "Pro", Description = "10 seats" } } } },
                },
            },
            new() { Link = new OutgoingLink { Header = new OutgoingHeader { Text = "Top" }, Text = "Details", ButtonText = "Open", Url = "https://a.example" } },
            new() { Location = new OutgoingLocation { Latitude = 37.44, Longitude = -122.16, PlaceName = "Shop" } },
            new() { Reaction = new OutgoingReaction { WhatsappMessageId = "wamid.IN1", Emoji = "👍" } },
        ];
        foreach (var message in all)
            (message.Sender, message.Contact) = (shop.Sender, shop.Contact);
        return all;
    }

    private sealed record Shop(TestCaller Caller, string Sender, string Template, string Contact);
}

using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using Grpc.Core;
using Grpc.Net.Client;
using Herald.Chaos;
using Herald.Contracts.Errors.V1;
using Herald.Contracts.Messages.V1;
using Herald.Host.Tests.Crash;
using Herald.Host.Tests.Support;
using Herald.Simulator;
using Herald.Storage;
using Herald.Testing;

namespace Herald.Host.Tests.Messages;

/// <summary>A partner's own messages of every kind, from the call to the phone that shows them.</summary>
public sealed class FreeFormTests : IAsyncLifetime, IDisposable
{
    private const string Phone = "34600000077";
    private static readonly CancellationToken None = CancellationToken.None;
    private readonly TestIds _ids = new(5);
    private CrashWorld? _world;
    private HostProcess? _host;
    private Partner? _partner;
    private GrpcChannel? _channel;
    private string _sender = "";

    private SimulatorControl Meta => _world!.Simulator.Control;

    private SimulatedBusiness Business => Meta.Businesses[1];

    private MessagesService.MessagesServiceClient Messages => new(_channel!);

    private Metadata Auth => new() { { "authorization", $"Bearer {_partner!.Key}" } };

    public async Task InitializeAsync()
    {
        var (grpc, webhooks) = (HostProcess.FreeAddress(), HostProcess.FreeAddress());
        _world = await CrashWorld.CreateAsync(DatabaseProvider.Sqlite, webhooks);
        _host = await HostProcess.StartAsync(_world.Settings(), grpc, webhooks);
        _channel = GrpcChannel.ForAddress(grpc);
        _partner = new Partner(grpc, _ids);
        await _partner.CreateTenantAsync(_host.FirstStart.AdminKey, None);
        _sender = await _partner.TryConnectAsync(Business, Business.Numbers[0], None) ?? throw new InvalidOperationException("The sender was not connected.");
    }

    public void Dispose()
    {
        _channel?.Dispose();
        _partner?.Dispose();
    }

    public async Task DisposeAsync()
    {
        if (_host is not null)
            await _host.DisposeAsync();
        if (_world is not null)
            await _world.DisposeAsync();
    }

    [Fact]
    public async Task Every_kind_of_message_reaches_the_phone_as_it_was_meant()
    {
        var written = await Meta.SendTextAsync(Phone, Business.Numbers[0].PhoneNumberId, "Do you bake on Sundays?", "Ana");
        await WindowIsOpenAsync();
        var image = await UploadAsync("image/jpeg");
        var voice = await UploadAsync("audio/ogg");
        var bill = await UploadAsync("application/pdf");
        var sticker = await UploadAsync("image/webp");

        var sent = await SendAsync(
            To(new() { Image = new OutgoingMedia { Link = "https://bakery.example/bread.jpg", Caption = "Fresh" } }),
            To(new() { Image = new OutgoingMedia { MediaId = image } }),
            To(new() { Video = new OutgoingMedia { Link = "https://bakery.example/oven.mp4" }, ReplyTo = written }),
            To(new() { Audio = new OutgoingMedia { MediaId = voice, Voice = true } }),
            To(new() { Document = new OutgoingMedia { MediaId = bill, FileName = "bill.pdf" } }),
            To(new() { Sticker = new OutgoingMedia { MediaId = sticker } }),
            To(new() { Location = new OutgoingLocation { Latitude = 37.44, Longitude = -122.16, PlaceName = "Luna Bakery" } }),
            To(new() { Reaction = new OutgoingReaction { WhatsappMessageId = written, Emoji = "👍" } }),
            To(new()
            {
                Buttons = new OutgoingButtons
                {
                    Header = new OutgoingHeader { Image = new OutgoingMedia { MediaId = image } },
                    Text = "Shall we keep one?",
                    Buttons = { new OutgoingButton { ReplyId = "yes", Title = "Yes" } },
                },
            }),
            To(new() { List = new OutgoingList { Text = "Pick", ButtonText = "Open", Sections = { new OutgoingSection { Rows = { new OutgoingRow { ReplyId = "rye", Title = "Rye" } } } } } }),
            To(new() { Link = new OutgoingLink { Text = "All of it", ButtonText = "Open", Url = "https://bakery.example" } }));

        var shown = new List<PhoneMessage>();
        foreach (var message in sent)
        {
            var wanted = message.ReactionIsMeant ? MessageState.Sent : MessageState.Delivered;
            var told = await UntilAsync(message.Name, state => state == wanted || state == MessageState.Read);
            shown.Add(Assert.Single(Meta.GetMessages(Phone), seen => seen.MessageId == told.WhatsappMessageId));
        }
        Assert.Equal(
            [
                "image Fresh https://bakery.example/bread.jpg", $"image  {image}", "video  https://bakery.example/oven.mp4", $"audio  {voice}",
                $"document  {bill}", $"sticker  {sticker}", "location Luna Bakery ", "reaction 👍 ", $"interactive Shall we keep one? {image}",
                "interactive Pick ", "interactive All of it ",
            ],
            shown.Select(message => $"{message.Type} {message.Body} {message.Media}"));
        Assert.Equal((written, written), (shown[2].ReplyTo, shown[7].ReplyTo));
        Assert.Equal(("yes", "rye"), (Assert.Single(shown[8].Buttons).Id, Assert.Single(shown[9].Rows).Id));
    }

    [Fact]
    public async Task Media_that_WhatsApp_cannot_fetch_says_so()
    {
        await Meta.SendTextAsync(Phone, Business.Numbers[0].PhoneNumberId, "Hello", null);
        await WindowIsOpenAsync();

        var sent = Assert.Single(await SendAsync(To(new() { Image = new OutgoingMedia { Link = "https://cdn.invalid/bread.jpg" } })));
        var failed = await UntilAsync(sent.Name, state => state == MessageState.Failed);

        Assert.Equal(131053, failed.Error.Code);
        Assert.NotEmpty(failed.Error.Explanation);
    }

    private OutgoingMessage To(OutgoingMessage message)
    {
        (message.Sender, message.PhoneNumber) = (_sender, $"+{Phone}");
        return message;
    }

    private async Task<IReadOnlyList<(string Name, bool ReactionIsMeant)>> SendAsync(params OutgoingMessage[] messages)
    {
        var answer = await Messages.BatchSendMessagesAsync(
            new BatchSendMessagesRequest { Parent = _partner!.Tenant, Messages = { messages }, RequestId = _ids.NewId().ToString() }, Auth);
        Assert.All(answer.Outcomes, outcome => Assert.True(outcome.OutcomeCase == SendOutcome.OutcomeOneofCase.Message, outcome.Refusal?.Text));
        return [.. answer.Outcomes.Select((outcome, index) => (outcome.Message.Name, messages[index].Reaction is not null))];
    }

    /// <summary>The first free-form message is refused until the person's own message was processed.</summary>
    private Task WindowIsOpenAsync() => Eventually.HoldsAsync("the window is open", async () =>
    {
        var answer = await Messages.BatchSendMessagesAsync(new BatchSendMessagesRequest
        {
            Parent = _partner!.Tenant,
            Messages = { To(new() { Text = new OutgoingText { Text = "We do." } }) },
            RequestId = _ids.NewId().ToString(),
        }, Auth);
        var outcome = Assert.Single(answer.Outcomes);
        if (outcome.Refusal is { } refusal)
            Assert.Equal(Reason.WindowClosed, refusal.Detail.Reason);
        return outcome.Message is not null;
    });

    private Task<Message> UntilAsync(string name, Func<MessageState, bool> holds) => Eventually.IsAsync(
        $"{name} gets on",
        async () => (await Messages.GetMessageAsync(new GetMessageRequest { Name = name }, Auth)).Message,
        message => holds(message.State));

    private async Task<string> UploadAsync(string type)
    {
        using var client = new HttpClient { BaseAddress = _world!.Simulator.BaseAddress };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Business.Token);
        using var file = new ByteArrayContent([1, 2, 3]);
        file.Headers.ContentType = new MediaTypeHeaderValue(type);
        using var form = new MultipartFormDataContent { { new StringContent("whatsapp"), "messaging_product" }, { file, "file", "a.bin" } };
        var address = string.Create(CultureInfo.InvariantCulture, $"v23.0/{Business.Numbers[0].PhoneNumberId}/media");
        using var response = await client.PostAsync(new Uri(address, UriKind.Relative), form);
        using var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return answer.RootElement.GetProperty("id").GetString()!;
    }
}

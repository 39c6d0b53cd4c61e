using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Herald.WhatsApp.Json;
using Herald.WhatsApp.Messages;

namespace Herald.WhatsApp.Tests.Messages;

public sealed class ContentWriterTests
{
    private static readonly Recipient Phone = Recipient.OfPhone("34600111222");

    private static readonly Dictionary<string, OutgoingMessage> Messages = new()
    {
        ["text_to_phone"] = new(Phone, new TextContent("¡Hola! 👋 \"x\" <b>")) { CallbackData = "herald:0199" },
        ["text_reply_to_user_id_with_preview"] =
            new(Recipient.OfUser("BR.9c"), new TextContent("See https://a.example") { PreviewUrl = true }) { ContextMessageId = "wamid.IN1" },
        ["buttons"] = new(Phone, new ButtonsContent("Launch?", [new("y", "Yes"), new("n", "No")])
        {
            Header = InteractiveHeader.OfText("Spring"),
            Footer = "Herald",
        }),
        ["list"] = new(Phone, new ListContent("Pick", "Open",
        [
            new("Running", [new("c1", "Spring") { Description = "1,000" }]),
            new("Done", [new("c2", "Winter")]),
        ])),
        ["cta_url_with_image_header"] = new(Phone, new CtaUrlContent("Details", "Open", "https://a.example/r")
        {
            Header = InteractiveHeader.OfMedia(MediaReference.ById(MediaKind.Image, "4455")),
        }),
        ["template_positional_with_buttons"] = new(Phone, new TemplateContent("spring_sale", "hi")
        {
            HeaderMedia = MediaReference.ByLink(MediaKind.Document, "https://a.example/p.pdf", "p.pdf"),
            Body = [new("Asha"), new("20 %")],
            Buttons =
            [
                new(0, TemplateButtonKind.QuickReply, "optout:all"),
                new(1, TemplateButtonKind.Url, "o/1"),
                new(2, TemplateButtonKind.CopyCode, "SPRING20"),
            ],
        })
        {
            CallbackData = "herald:0199",
        },
        ["template_named"] = new(Phone, new TemplateContent("order_ready", "en_US")
        {
            HeaderText = new("A-17", "order_number"),
            Body = [new("Asha", "first_name")],
        }),
        ["image_by_link"] = new(Phone, new MediaContent(MediaReference.ByLink(MediaKind.Image, "https://a.example/a.jpg")) { Caption = "¡Hola!" }),
        ["document_by_id_quoting"] = new(
            Phone, new MediaContent(MediaReference.ById(MediaKind.Document, "1112223334445556", "bill.pdf")) { Caption = "Bill" })
        {
            ContextMessageId = "wamid.IN1",
        },
        ["audio_voice"] = new(Phone, new MediaContent(MediaReference.ById(MediaKind.Audio, "111")) { IsVoice = true }),
        ["sticker"] = new(Phone, new MediaContent(MediaReference.ById(MediaKind.Sticker, "112"))),
        ["location"] = new(Phone, new LocationContent(37.44, -122.16) { Name = "Shop", Address = "1 St" }),
        ["reaction"] = new(Phone, new ReactionContent("wamid.IN1", "👍")),
        ["template_plain"] = new(Phone, new TemplateContent("hello", "en")),
    };

    public static TheoryData<string> Cases => [.. Messages.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_message_is_written_as_Meta_wants_it(string name)
    {
        var actual = JsonNode.Parse(Write(Messages[name]));

        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(TestData.Text("sends", name)), actual), actual?.ToJsonString());
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_content_reads_back_from_its_stored_form(string name)
    {
        var content = Messages[name].Content;

        Assert.Equal(content, MessageContent.Parse(content.ToJson()));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_content_in_the_queue_keeps_what_it_quotes(string name)
    {
        var queued = new QueuedContent(Messages[name].Content, Messages[name].ContextMessageId);

        Assert.Equal(queued, QueuedContent.Parse(queued.ToJson()));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_content_reads_from_a_request_as_others_write_it(string name)
    {
        var text = TestData.Text("sends", name).Replace("\"button\",\n", "\"BUTTON\",\n", StringComparison.Ordinal);

        Assert.Equal(Messages[name].Content, MessageContent.Parse(text));
    }

    [Fact]
    public void Every_request_has_a_message()
    {
        Assert.Equal(TestData.Names("sends"), Messages.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Letters_are_written_as_they_are()
    {
        Assert.Contains("बंद é", new TextContent("बंद é").ToJson(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense 34600111222")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"type":"contacts","contacts":[]}""")]
    [InlineData("""{"type":"location","location":{"latitude":"north","longitude":"1"}}""")]
    [InlineData("""{"type":"text","text":{}}""")]
    [InlineData("""{"type":"interactive","interactive":{"type":"flow","body":{"text":"x"}}}""")]
    [InlineData("""{"type":"template","template":{"name":"x","language":{"code":"en"},"components":[{"type":"carousel"}]}}""")]
    public void What_is_not_a_content_is_a_format_error_that_does_not_quote_it(string json)
    {
        var failure = Assert.Throws<FormatException>(() => MessageContent.Parse(json));

        Assert.DoesNotContain("34600111222", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void No_message_shows_its_text_or_its_recipient()
    {
        foreach (var message in Messages.Values)
        {
            var shown = $"{message} {message.To} {message.Content}";
            Assert.DoesNotContain("34600111222", shown, StringComparison.Ordinal);
            Assert.DoesNotContain("Hola", shown, StringComparison.Ordinal);
            Assert.DoesNotContain("Launch", shown, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("1234")]
    [InlineData("+34600111222")]
    [InlineData("346001112223334445")]
    [InlineData("34600 111222")]
    public void A_phone_number_is_digits_only(string digits)
    {
        var failure = Assert.Throws<ArgumentException>(() => Recipient.OfPhone(digits));

        if (digits.Length > 0) Assert.DoesNotContain(digits, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("BR.9c", true)]
    [InlineData("US.ENT.118", true)]
    [InlineData("BR.", false)]
    [InlineData("br.9c", false)]
    [InlineData("34600111222", false)]
    [InlineData("BR.9c/../x", false)]
    public void A_user_id_has_its_own_form(string text, bool isUserId)
    {
        Assert.Equal(isUserId, Record.Exception(() => Recipient.OfUser(text)) is null);
    }

    private static string Write(OutgoingMessage message)
    {
        using var buffer = new PooledBuffer();
        using (var writer = new Utf8JsonWriter(buffer, ContentWriter.Options)) ContentWriter.WriteMessage(writer, message);
        return Encoding.UTF8.GetString(buffer.Written.Span);
    }
}

using Herald.WhatsApp.Messages;

namespace Herald.WhatsApp.Tests.Messages;

public sealed class MessageContentValidatorTests
{
    private const string Emoji = "👋";

    [Theory]
    [InlineData(1, true)]
    [InlineData(4096, true)]
    [InlineData(4097, false)]
    [InlineData(0, false)]
    public void A_text_has_1_to_4096_code_points(int length, bool isValid)
    {
        var text = string.Concat(Enumerable.Repeat(Emoji, length));

        Assert.Equal(isValid, MessageContentValidator.Validate(new TextContent(text)).Count == 0);
    }

    [Fact]
    public void A_blank_text_is_refused()
    {
        Assert.Equal(["body"], Fields(new TextContent("  \n ")));
    }

    [Fact]
    public void Buttons_at_their_limits_are_allowed()
    {
        var content = new ButtonsContent(Of(1024), [new(Of(256), Of(20)), new("b", "B"), new("c", "C")])
        {
            Header = InteractiveHeader.OfText(Of(60)),
            Footer = Of(60),
        };

        Assert.Empty(MessageContentValidator.Validate(content));
    }

    [Fact]
    public void Buttons_over_their_limits_are_each_named()
    {
        var content = new ButtonsContent(Of(1025), [new(Of(257), Of(21)), new("", "")])
        {
            Header = InteractiveHeader.OfText(Of(61)),
            Footer = Of(61),
        };

        Assert.Equal(["header", "body", "footer", "buttons[0].id", "buttons[0].title", "buttons[1].id", "buttons[1].title"], Fields(content));
    }

    [Fact]
    public void There_are_one_to_three_different_buttons()
    {
        Assert.Equal(["buttons"], Fields(new ButtonsContent("x", [])));
        Assert.Equal(["buttons"], Fields(new ButtonsContent("x", [new("a", "A"), new("b", "B"), new("c", "C"), new("d", "D")])));
        Assert.Equal(["buttons[1].id", "buttons[1].title"], Fields(new ButtonsContent("x", [new("a", "A"), new("a", "A")])));
    }

    [Fact]
    public void Media_take_what_their_kind_shows()
    {
        var image = MediaReference.ByLink(MediaKind.Image, "https://a.example/a.jpg");
        var document = MediaReference.ById(MediaKind.Document, "11", "bill.pdf");

        Assert.Empty(MessageContentValidator.Validate(new MediaContent(image) { Caption = Of(1024) }));
        Assert.Empty(MessageContentValidator.Validate(new MediaContent(document) { Caption = "Bill" }));
        Assert.Equal(["caption"], Fields(new MediaContent(image) { Caption = Of(1025) }));
        Assert.Equal(["voice"], Fields(new MediaContent(image) { IsVoice = true }));
        Assert.Equal(["caption"], Fields(new MediaContent(MediaReference.ById(MediaKind.Sticker, "1")) { Caption = "x" }));
        Assert.Equal(["file_name"], Fields(new MediaContent(MediaReference.ById(MediaKind.Video, "1", "a.mp4"))));
        Assert.Equal(["link"], Fields(new MediaContent(MediaReference.ByLink(MediaKind.Image, "http://a.example/a.jpg"))));
        Assert.Equal(["media_id"], Fields(new MediaContent(MediaReference.ById(MediaKind.Image, "1/2"))));
    }

    [Fact]
    public void A_place_is_on_the_globe()
    {
        Assert.Empty(MessageContentValidator.Validate(new LocationContent(-90, 180) { Name = "Edge", Address = "Nowhere 1" }));
        Assert.Equal(["latitude", "longitude"], Fields(new LocationContent(90.1, -180.1)));
        Assert.Equal(["latitude"], Fields(new LocationContent(double.NaN, 0)));
    }

    [Theory]
    [InlineData("👍", true)]
    [InlineData("👩‍👩‍👧", true)]
    [InlineData("1️⃣", true)]
    [InlineData("", true)]
    [InlineData("a", false)]
    [InlineData("1", false)]
    [InlineData("👍👍", false)]
    [InlineData("\t", false)]
    public void A_reaction_is_one_emoji_or_none(string emoji, bool isValid) =>
        Assert.Equal(isValid ? [] : ["emoji"], Fields(new ReactionContent("wamid.IN1", emoji)));

    [Fact]
    public void A_reaction_names_the_message_that_it_is_put_on() => Assert.Equal(["message_id"], Fields(new ReactionContent("IN1", "👍")));

    [Fact]
    public void A_list_at_its_limits_is_allowed()
    {
        var rows = Enumerable.Range(0, 5).Select(i => new ListRow($"{i}" + Of(199), Of(24)) { Description = Of(72) }).ToList();
        var others = Enumerable.Range(5, 5).Select(i => new ListRow($"{i}", "x")).ToList();

        Assert.Empty(MessageContentValidator.Validate(new ListContent(Of(1024), Of(20), [new(Of(24), rows), new("B", others)])));
    }

    [Fact]
    public void A_list_over_its_limits_names_each_place()
    {
        var content = new ListContent("x", Of(21), [new(Of(25), [new(Of(201), Of(25)) { Description = Of(73) }]), new(null, [new("a", "A"), new("a", "A")])]);

        Assert.Equal(
            [
                "button", "sections[0].title", "sections[0].rows[0].id", "sections[0].rows[0].title", "sections[0].rows[0].description",
                "sections[1].title", "sections[1].rows[1].id",
            ],
            Fields(content));
    }

    [Fact]
    public void A_list_has_one_to_ten_rows_in_all()
    {
        var rows = Enumerable.Range(0, 11).Select(i => new ListRow($"{i}", "x")).ToList();

        Assert.Equal(["sections.rows"], Fields(new ListContent("x", "y", [new(null, rows)])));
        Assert.Equal(["sections.rows"], Fields(new ListContent("x", "y", [new(null, [])])));
        Assert.Equal(["sections", "sections.rows"], Fields(new ListContent("x", "y", [])));
    }

    [Theory]
    [InlineData("https://a.example/x", true)]
    [InlineData("http://a.example", true)]
    [InlineData("ftp://a.example", false)]
    [InlineData("/relative", false)]
    [InlineData("javascript:alert(1)", false)]
    public void A_link_button_opens_a_web_address(string url, bool isValid)
    {
        Assert.Equal(isValid, MessageContentValidator.Validate(new CtaUrlContent("x", "Open", url)).Count == 0);
    }

    [Theory]
    [InlineData("Ana", true)]
    [InlineData("a    b", true)]
    [InlineData("a     b", false)]
    [InlineData("a\nb", false)]
    [InlineData("a\tb", false)]
    [InlineData(" ", false)]
    public void A_template_value_follows_Metas_rule(string value, bool isValid)
    {
        var violations = MessageContentValidator.Validate(new TemplateContent("order_ready", "en_US") { Body = [new(value)] });

        Assert.Equal(isValid ? [] : ["body[0]"], violations.Select(violation => violation.Field));
    }

    [Fact]
    public void A_templates_name_language_and_buttons_are_checked()
    {
        var content = new TemplateContent("Order", "en_XX")
        {
            Buttons = [new(0, TemplateButtonKind.QuickReply, Of(129)), new(0, TemplateButtonKind.CopyCode, Of(21)), new(10, TemplateButtonKind.Url, "x")],
        };

        Assert.Equal(["name", "language", "buttons[0].value", "buttons[1].index", "buttons[1].value", "buttons[2].index"], Fields(content));
    }

    private static string Of(int length) => new('x', length);

    private static IEnumerable<string> Fields(MessageContent content) =>
        MessageContentValidator.Validate(content).Select(violation => violation.Field);
}

using FsCheck;
using FsCheck.Fluent;
using Herald.WhatsApp.Messages;

namespace Herald.WhatsApp.Tests.Messages;

/// <summary>What goes into the database comes out the same, whatever letters it holds.</summary>
public sealed class StoredContentTests
{
    private static readonly Gen<string> Texts =
        ArbMap.Default.GeneratorFor<string>().Select(text => Whole(text ?? "")).Where(text => text.Length > 0);

    private static readonly Gen<MessageContent> Contents = Gen.OneOf(
        Texts.Select(body => (MessageContent)new TextContent(body)),
        from body in Texts
        from id in Texts
        from title in Texts
        select (MessageContent)new ButtonsContent(body, [new(id, title), new(title, id)]) { Footer = title },
        from body in Texts
        from id in Texts
        from title in Texts
        select (MessageContent)new ListContent(body, title, [new(null, [new(id, title) { Description = body }])]) { Header = InteractiveHeader.OfText(id) },
        from body in Texts
        from title in Texts
        select (MessageContent)new CtaUrlContent(body, title, body),
        from name in Texts
        from value in Texts
        select (MessageContent)new TemplateContent(name, "en") { Body = [new(value), new(name)], Buttons = [new(3, TemplateButtonKind.Url, value)] });

    [Fact]
    public void A_content_survives_being_stored()
    {
        Prop.ForAll(Contents.ToArbitrary(), content => MessageContent.Parse(content.ToJson()).Equals(content))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(500));
    }

    [Fact]
    public void Half_a_surrogate_pair_is_stored_as_a_replacement_and_never_throws()
    {
        var stored = Assert.IsType<TextContent>(MessageContent.Parse(new TextContent("cut \ud83d").ToJson()));

        Assert.Equal("cut \uFFFD", stored.Body);
    }

    [Fact]
    public void A_zero_character_is_read_as_a_replacement_since_no_text_column_takes_it()
    {
        var stored = Assert.IsType<TextContent>(MessageContent.Parse(new TextContent("cut \0").ToJson()));

        Assert.Equal("cut \uFFFD", stored.Body);
    }

    // What is read as a replacement has tests of its own.
    private static string Whole(string text) => string.Concat(text.EnumerateRunes().Select(rune => rune.ToString())).Replace('\0', '0');
}

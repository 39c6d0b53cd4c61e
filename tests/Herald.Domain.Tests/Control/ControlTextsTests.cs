using System.Text.RegularExpressions;
using Herald.Domain.Campaigns;
using Herald.Domain.Consents.Keywords;
using Herald.Domain.Control;
using Herald.Domain.Templates;
using Herald.Domain.Tenants;

namespace Herald.Domain.Tests.Control;

public sealed partial class ControlTextsTests
{
    public static TheoryData<string> Languages() => new(ControlConversation.Languages);

    [Theory]
    [MemberData(nameof(Languages))]
    public void Every_language_has_every_sentence_with_the_same_places(string language)
    {
        Assert.Equal(language, ControlTexts.For(language).Language);
        foreach (var key in Enum.GetValues<ControlText>())
            Assert.Equal(Places(ControlTexts.For("en")[key]), Places(ControlTexts.For(language)[key]));
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void Titles_keep_within_their_limits_without_being_cut(string language)
    {
        foreach (var key in Enum.GetValues<ControlText>())
        {
            var length = ControlTexts.For(language)[key].EnumerateRunes().Count();
            var name = key.ToString();
            if (name.StartsWith("Button", StringComparison.Ordinal) || key is ControlText.MenuButton or ControlText.ListButton)
                Assert.InRange(length, 1, ControlLimits.ButtonTitleMax);
            else if ((name.StartsWith("Row", StringComparison.Ordinal) && key != ControlText.RowCard) || key == ControlText.More)
                Assert.InRange(length, 1, ControlLimits.RowTitleMax);
            else if (name.StartsWith("Hint", StringComparison.Ordinal))
                Assert.InRange(length, 1, ControlLimits.RowDescriptionMax);
            else
                Assert.InRange(length, 1, ControlLimits.InteractiveTextMax - 200);
        }
    }

    [Fact]
    public void No_command_is_an_opt_out()
    {
        // Where an opt-out needs something after it to be a command, such as a phone number, alone it stays an opt-out.
        string[] withArgument = ["opt out", "optout", "dar de baja", "descadastrar"];

        foreach (var word in ControlVocabulary.Words.Except(withArgument))
        {
            var match = KeywordSet.BuiltIn.Match(word, lastOutboundWasCampaign: false);
            Assert.True(match.Kind != KeywordMatchKind.Stop, $"{word} is an opt-out.");
        }
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void No_button_and_no_row_is_an_opt_out(string language)
    {
        var titles = Enum.GetValues<ControlText>()
            .Where(key => key.ToString().StartsWith("Button", StringComparison.Ordinal) || key.ToString().StartsWith("Row", StringComparison.Ordinal))
            .Select(key => ControlTexts.For(language)[key]);

        Assert.All(titles, title => Assert.NotEqual(KeywordMatchKind.Stop, KeywordSet.BuiltIn.Match(title, lastOutboundWasCampaign: false).Kind));
        Assert.All(
            Enum.GetValues<ControlVerb>().Select(ControlVocabulary.Id),
            id => Assert.Equal(KeywordMatchKind.None, KeywordSet.BuiltIn.MatchButton(id, null, lastOutboundWasCampaign: true).Kind));
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void Every_word_that_help_names_is_a_command(string language)
    {
        var words = HelpWords().Matches(ControlTexts.For(language)[ControlText.Help].Split("\n\n")[0]).Select(match => match.Value);

        Assert.All(words, word => Assert.NotEqual(ControlVerb.None, ControlVocabulary.Read(new ControlInput(word, null)).Verb));
    }

    [Fact]
    public void Every_state_role_and_cause_has_a_name()
    {
        var texts = ControlTexts.For("en");

        Assert.All(Enum.GetValues<CampaignState>(), state => Assert.NotEmpty(texts.State(state)));
        Assert.All(Enum.GetValues<TemplateState>(), state => Assert.NotEmpty(texts.State(state)));
        Assert.All(Enum.GetValues<OwnerRole>(), role => Assert.NotEmpty(texts.Role(role)));
        Assert.All(Enum.GetValues<PauseCause>().Where(cause => cause != PauseCause.None), cause => Assert.NotEmpty(texts.Cause(cause)));
        Assert.All(Enum.GetValues<RejectionReason>(), reason => Assert.NotEmpty(texts.Refusal(new Rejection(reason, "", []))));
    }

    [Theory]
    [InlineData(0, "0 seconds")]
    [InlineData(12.5, "13 seconds")]
    [InlineData(119, "119 seconds")]
    [InlineData(121, "3 minutes")]
    [InlineData(7200, "2 hours")]
    [InlineData(360000, "100 hours")]
    public void Durations_are_rounded_up(double seconds, string text) => Assert.Equal(text, ControlTexts.For("en").Duration(TimeSpan.FromSeconds(seconds)));

    [Fact]
    public void Names_that_are_too_long_end_in_an_ellipsis()
    {
        var reply = ControlReply.WithList("text", "Choose", [new ControlRow("1", new string('x', 30), string.Concat(Enumerable.Repeat("🎉", 80)))]);

        Assert.Equal(new string('x', 23) + "…", reply.Rows[0].Title);
        Assert.Equal(72, reply.Rows[0].Description.EnumerateRunes().Count());
    }

    [Fact]
    public void A_reply_never_has_more_than_Meta_allows()
    {
        var button = new ControlButton("1", "One");

        Assert.Throws<ArgumentOutOfRangeException>(() => ControlReply.WithButtons("text", button, button, button, button));
        Assert.Throws<ArgumentOutOfRangeException>(() => ControlReply.WithButtons("text"));
        Assert.Throws<ArgumentOutOfRangeException>(() => ControlReply.WithList("text", "Choose", []));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => ControlReply.WithList("text", "Choose", [.. Enumerable.Range(0, 11).Select(i => new ControlRow($"{i}", "x", ""))]));
    }

    private static IEnumerable<string> Places(string text) => PlaceHolders().Matches(text).Select(match => match.Value).Order(StringComparer.Ordinal);

    [GeneratedRegex(@"\{\d+\}")]
    private static partial Regex PlaceHolders();

    [GeneratedRegex(@"(?<=\n|\bor |\bo |\bou )[\p{Lu}-]{3,}( [\p{Lu}]{2,})*")]
    private static partial Regex HelpWords();
}

using Herald.Domain.Consents;
using Herald.Domain.Consents.Keywords;

namespace Herald.Domain.Tests.Consents;

public sealed class ConsentTextsTests
{
    private static readonly char[] WordEnds = [' ', '.', ',', '「', '」', '。'];

    public static TheoryData<string> Languages() => new(ConsentTexts.Languages);

    [Theory]
    [MemberData(nameof(Languages))]
    public void The_confirmation_of_a_stop_names_the_business_and_a_word_that_undoes_it(string language)
    {
        var text = ConsentTexts.StopConfirmation(language, "Lucky Shrub");

        Assert.Contains("Lucky Shrub", text, StringComparison.Ordinal);
        Assert.Contains(KeywordMatchKind.Start, KindsOfWords(text));
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void The_confirmation_of_a_start_names_the_business_and_a_word_that_undoes_it(string language)
    {
        var text = ConsentTexts.StartConfirmation(language, "Lucky Shrub");

        Assert.Contains("Lucky Shrub", text, StringComparison.Ordinal);
        Assert.Contains(KeywordMatchKind.Stop, KindsOfWords(text));
    }

    [Theory]
    [InlineData("pt_BR", "pt")]
    [InlineData("EN-us", "en")]
    [InlineData("es", "es")]
    [InlineData("", "en")]
    [InlineData(null, "en")]
    public void A_region_does_not_change_the_language(string? code, string language) => Assert.Equal(language, ConsentTexts.LanguageOf(code));

    [Fact]
    public void A_language_without_texts_is_answered_in_English()
    {
        Assert.Equal(ConsentTexts.StopConfirmation("en", "A"), ConsentTexts.StopConfirmation("sw", "A"));
    }

    private static IEnumerable<KeywordMatchKind> KindsOfWords(string text) =>
        text.Split(WordEnds, StringSplitOptions.RemoveEmptyEntries).Select(word => KeywordSet.BuiltIn.Match(word, lastOutboundWasCampaign: false).Kind);
}

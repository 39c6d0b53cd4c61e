using Herald.Domain.Consents.Keywords;

namespace Herald.Domain.Tests.Consents.Keywords;

public sealed class KeywordSetTests
{
    public static TheoryData<string, string> StopWords() => Words(row => $"{row.Stop},{row.StopAlone}");

    public static TheoryData<string, string> StartWords() => Words(row => row.Start);

    public static TheoryData<string, string> AmbiguousWords() => Words(row => row.Ambiguous);

    public static TheoryData<string, string> Phrases() => Words(row => row.Phrases);

    [Theory]
    [MemberData(nameof(StopWords))]
    public void Every_built_in_opt_out_word_is_a_stop(string language, string word)
    {
        var match = KeywordSet.BuiltIn.Match($" {word}! ", lastOutboundWasCampaign: false);

        Assert.Equal(KeywordMatchKind.Stop, match.Kind);
        Assert.Contains(language, match.Languages);
    }

    [Theory]
    [MemberData(nameof(StartWords))]
    public void Every_built_in_opt_in_word_is_a_start(string language, string word)
    {
        var match = KeywordSet.BuiltIn.Match(word.ToLowerInvariant(), lastOutboundWasCampaign: true);

        Assert.Equal(KeywordMatchKind.Start, match.Kind);
        Assert.Contains(language, match.Languages);
    }

    [Theory]
    [MemberData(nameof(AmbiguousWords))]
    public void An_ambiguous_word_is_a_stop_only_right_after_a_campaign(string language, string word)
    {
        Assert.Equal(KeywordMatchKind.None, KeywordSet.BuiltIn.Match(word, lastOutboundWasCampaign: false).Kind);

        var match = KeywordSet.BuiltIn.Match(word, lastOutboundWasCampaign: true);
        Assert.Equal(KeywordMatchKind.Stop, match.Kind);
        Assert.Contains(language, match.Languages);
    }

    [Theory]
    [MemberData(nameof(Phrases))]
    public void Every_built_in_phrase_inside_a_sentence_is_a_near_miss(string language, string phrase)
    {
        var match = KeywordSet.BuiltIn.Match($"xx {phrase} xx xx", lastOutboundWasCampaign: true);

        Assert.Equal(KeywordMatchKind.NearMiss, match.Kind);
        Assert.NotEmpty(language);
    }

    [Theory]
    [InlineData("STOP")]
    [InlineData("stop.")]
    [InlineData("Stop 🛑")]
    [InlineData("ｓｔｏｐ")]
    [InlineData("Désabonner")]
    [InlineData("إيقاف")]
    [InlineData("ايقاف")]
    [InlineData("بند کریں")]
    [InlineData("बंद करें।")]
    [InlineData("退订！")]
    [InlineData("ＳＴＯＰ　ＡＬＬ")]
    public void A_stop_is_found_in_any_dress(string text)
    {
        Assert.Equal(KeywordMatchKind.Stop, KeywordSet.BuiltIn.Match(text, lastOutboundWasCampaign: false).Kind);
    }

    [Theory]
    [InlineData("please stop sending me this")]
    [InlineData("Please STOP")]
    [InlineData("stop it now!")]
    [InlineData("No me envíen más publicidad, gracias")]
    [InlineData("não quero mais receber isso")]
    [InlineData("请不要再发了")]
    [InlineData("don't message me")]
    public void A_near_miss_is_never_a_stop(string text)
    {
        Assert.Equal(KeywordMatchKind.NearMiss, KeywordSet.BuiltIn.Match(text, lastOutboundWasCampaign: true).Kind);
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("👍")]
    [InlineData("Where is the bus stop near your shop in the old town?")]
    [InlineData("please cancel my order")]
    [InlineData("yes")]
    [InlineData("La torre es muy alta")]
    [InlineData("I will start tomorrow")]
    [InlineData("stopwatch")]
    public void Ordinary_messages_say_nothing(string? text)
    {
        Assert.Equal(KeywordMatchKind.None, KeywordSet.BuiltIn.Match(text, lastOutboundWasCampaign: true).Kind);
    }

    [Fact]
    public void A_very_long_message_is_not_looked_at()
    {
        Assert.Equal(KeywordMatchKind.None, KeywordSet.BuiltIn.Match("stop sending " + new string('x', 600), lastOutboundWasCampaign: true).Kind);
    }

    [Fact]
    public void No_word_is_both_an_opt_out_and_an_opt_in()
    {
        var stops = Normalized(StopWords().Concat(AmbiguousWords()));
        var starts = Normalized(StartWords());

        Assert.Empty(stops.Intersect(starts));
    }

    [Theory]
    [InlineData("STOP", "pt_BR", "pt")]
    [InlineData("STOP", null, "en")]
    [InlineData("PARAR", "es", "es")]
    [InlineData("PARAR", "pt", "pt")]
    [InlineData("BAJA", "en", "es")]
    [InlineData("إيقاف", "en", "ar")]
    public void The_answer_is_in_the_language_of_the_word_unless_it_belongs_to_the_preferred_one(string text, string? preferred, string language)
    {
        Assert.Equal(language, KeywordSet.BuiltIn.Match(text, lastOutboundWasCampaign: false).LanguageFor(preferred));
    }

    [Fact]
    public void A_tenant_can_add_words()
    {
        var words = KeywordSet.BuiltIn.With(["Genug!", "cancel"], ["Weiter"]);

        Assert.Equal(KeywordMatchKind.Stop, words.Match("genug", lastOutboundWasCampaign: false).Kind);
        Assert.Equal(KeywordMatchKind.Stop, words.Match("CANCEL", lastOutboundWasCampaign: false).Kind);
        Assert.Equal(KeywordMatchKind.Start, words.Match("weiter", lastOutboundWasCampaign: false).Kind);
        Assert.Equal(KeywordMatchKind.None, KeywordSet.BuiltIn.Match("genug", lastOutboundWasCampaign: false).Kind);
        Assert.Equal("de", words.Match("genug", lastOutboundWasCampaign: false).LanguageFor("de"));
    }

    [Fact]
    public void A_tenant_cannot_take_a_stop_away()
    {
        var words = KeywordSet.BuiltIn.With(["!!!", "both"], ["STOP", "both", " "]);

        Assert.Equal(KeywordMatchKind.Stop, words.Match("stop", lastOutboundWasCampaign: false).Kind);
        Assert.Equal(KeywordMatchKind.Stop, words.Match("both", lastOutboundWasCampaign: false).Kind);
        Assert.Equal(KeywordMatchKind.None, words.Match("!", lastOutboundWasCampaign: false).Kind);
    }

    [Theory]
    [InlineData("optout", "Nein danke", KeywordMatchKind.Stop)]
    [InlineData("OPTOUT:spring", "Whatever", KeywordMatchKind.Stop)]
    [InlineData("optout_7", null, KeywordMatchKind.Stop)]
    [InlineData("optin", "Ja", KeywordMatchKind.Start)]
    [InlineData("more-info", "Stop promotions", KeywordMatchKind.Stop)]
    [InlineData("Stop promotions", "Stop promotions", KeywordMatchKind.Stop)]
    [InlineData("STOP", "Plus rien", KeywordMatchKind.Stop)]
    [InlineData("optouts-report", "Report", KeywordMatchKind.None)]
    [InlineData("more-info", "More info", KeywordMatchKind.None)]
    [InlineData("more-info", "Stop sending me this", KeywordMatchKind.None)]
    [InlineData(null, null, KeywordMatchKind.None)]
    public void A_button_counts_by_its_payload_or_its_label(string? payload, string? label, KeywordMatchKind kind)
    {
        Assert.Equal(kind, KeywordSet.BuiltIn.MatchButton(payload, label, lastOutboundWasCampaign: true).Kind);
    }

    [Theory]
    [InlineData("en")]
    [InlineData("es")]
    [InlineData("pt")]
    [InlineData("fr")]
    [InlineData("de")]
    [InlineData("hi")]
    [InlineData("ar")]
    [InlineData("id")]
    public void The_promised_languages_are_built_in(string language)
    {
        var row = Assert.Single(KeywordTable.Languages, each => each.Language == language);

        Assert.NotEmpty(row.Stop);
        Assert.NotEmpty(row.Start);
        Assert.NotEmpty(row.Phrases);
    }

    private static TheoryData<string, string> Words(Func<LanguageKeywords, string> list)
    {
        var data = new TheoryData<string, string>();
        foreach (var row in KeywordTable.Languages)
        {
            foreach (var word in list(row).Split(',', StringSplitOptions.TrimEntries))
                data.Add(row.Language, word);
        }
        return data;
    }

    private static IEnumerable<string> Normalized(IEnumerable<object?[]> rows) => rows.Select(row => KeywordNormalizer.Normalize((string)row[1]!));
}

using FsCheck;
using FsCheck.Fluent;
using Herald.Domain.Consents.Keywords;

namespace Herald.Domain.Tests.Consents.Keywords;

public sealed class KeywordNormalizerTests
{
    [Theory]
    [InlineData("STOP", "stop")]
    [InlineData("  Stop!!! 😡 ", "stop")]
    [InlineData("*STOP*", "stop")]
    [InlineData("“stop”", "stop")]
    [InlineData("ＳＴＯＰ", "stop")]
    [InlineData("s\u200Bt\u200Do\uFEFFp", "stop")]
    [InlineData("stop\u200E", "stop")]
    [InlineData("opt-out", "opt out")]
    [InlineData("opt\u2011out", "opt out")]
    [InlineData("stop \t\n  all", "stop all")]
    [InlineData("¡ALTO!", "alto")]
    [InlineData("Désinscription", "desinscription")]
    [InlineData("De\u0301sinscription", "desinscription")]
    [InlineData("NÃO", "nao")]
    [InlineData("don’t", "dont")]
    [InlineData("İPTAL", "iptal")]
    [InlineData("ıptal", "iptal")]
    [InlineData("ΣΤΟΠΣ", "στοπσ")]
    [InlineData("στοπς", "στοπσ")]
    [InlineData("إيقاف", "ايقاف")]
    [InlineData("أوقف", "اوقف")]
    [InlineData("إلـــغاء", "الغاء")]
    [InlineData("إِلْغَاء", "الغاء")]
    [InlineData("رسالة", "رساله")]
    [InlineData("बंद", "बंद")]
    [InlineData("5\uFE0F\u20E3", "5")]
    [InlineData("🛑", "")]
    [InlineData("…", "")]
    [InlineData("", "")]
    public void Decoration_goes_and_letters_stay(string text, string expected) => Assert.Equal(expected, KeywordNormalizer.Normalize(text));

    [Fact]
    public void A_lone_surrogate_is_no_error() => Assert.Equal("stop", KeywordNormalizer.Normalize("stop\uD83D"));

    [Fact]
    public void Vowel_signs_of_Devanagari_make_another_word()
    {
        Assert.NotEqual(KeywordNormalizer.Normalize("बद"), KeywordNormalizer.Normalize("बंद"));
    }

    [Fact]
    public void Normalising_twice_changes_nothing_more() => Prop.ForAll(
        ArbMap.Default.ArbFor<string>(),
        text =>
        {
            var once = KeywordNormalizer.Normalize(text ?? string.Empty);
            return KeywordNormalizer.Normalize(once) == once;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    [Fact]
    public void Blanks_punctuation_and_emoji_around_a_word_do_not_matter() => Prop.ForAll(
        Gen.Elements(" ", "!", "?", "…", "🙏", "\u200B", "*", "\n", "👍🏽", "\"", ".", "❌").ArrayOf().Select(string.Concat).Two().ToArbitrary(),
        around => KeywordNormalizer.Normalize(around.Item1 + "Unsubscribe" + around.Item2) == "unsubscribe").QuickCheckThrowOnFailure();
}

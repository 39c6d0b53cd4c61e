using Herald.WhatsApp.Errors;

namespace Herald.WhatsApp.Tests.Errors;

public sealed class MetaWordsTests
{
    [Theory]
    [InlineData("body: number of localizable_params (1) does not match the expected number of params (2)")]
    [InlineData("header: Format mismatch, expected IMAGE, received UNKNOWN")]
    [InlineData("template name (order_shipped) does not exist in en")]
    [InlineData("Parameter 'text' is mandatory for component parameter type 'text'")]
    [InlineData("Button title length invalid. Min length: 1, Max length: 20")]
    [InlineData("Text is too long. Min length: 1, Max length: 4096")]
    [InlineData("It failed with error code 131008, (#132000) and the maximum 1024")]
    [InlineData("Customers' and businesses' countries can’t differ")]
    [InlineData("You're only able to send marketing messages on this API.")]
    [InlineData("Message failed to send because more than 24 hours have passed since the customer last replied to this number.")]
    public void What_quotes_nothing_of_a_person_stays_as_it_is(string words) => Assert.Equal(words, MetaWords.WithoutValues(words));

    [Theory]
    [InlineData("Param text \"Hello Ana\" is too long", "Param text … is too long")]
    [InlineData("\"text\" => \"say \\\"hi\\\" to Ana\" is wrong", "\"text\" => … is wrong")]
    [InlineData("value 'Ana's cake' is wrong", "value … is wrong")]
    [InlineData("value 'ana' for 'name'", "value …")]
    [InlineData("'name' is 'ana'", "'name' is …")]
    [InlineData("Value \"Say \"hi Ana\" now\" is wrong", "Value … is wrong")]
    [InlineData("Value 'James' house' is wrong", "Value … is wrong")]
    [InlineData("Value `Say `hi Ana` now` is wrong", "Value … is wrong")]
    [InlineData("Value “Say “hi Ana” now” is wrong", "Value … is wrong")]
    [InlineData("Value «Say «hi Ana» now» is wrong", "Value … is wrong")]
    [InlineData("Value ‘O’Hara’s house’ isn’t right", "Value … isn’t right")]
    [InlineData("Value „Ana“ is wrong", "Value … is wrong")]
    [InlineData("Value 「Ana」 and ‹Eva› are wrong", "Value … are wrong")]
    [InlineData("Value 'text' Ana' is wrong", "Value … is wrong")]
    [InlineData("Value \"text\" Ana\" is wrong", "Value …")]
    [InlineData("Value \"Ana\\", "Value …")]
    [InlineData("value 'text 😀'", "value …")]
    [InlineData("value “Ana”, ‘Eva’, «Lola», `Rosa`.", "value ….")]
    [InlineData("value \"Ana and no end", "value …")]
    [InlineData("The number +34 600-000-001 and 34600000002 are wrong", "The number … and … are wrong")]
    [InlineData("Loading https://shop.example/ana?id=7 failed", "Loading … failed")]
    [InlineData("Mail ana@shop.example is wrong", "Mail … is wrong")]
    [InlineData("User @ana is wrong", "User … is wrong")]
    [InlineData("Code 4711 and 12-34 and order 1,234 are wrong", "Code … and … and order … are wrong")]
    [InlineData("max 600000 001 is wrong", "max … is wrong")]
    public void What_may_be_a_value_of_a_person_is_taken_out(string words, string shown) => Assert.Equal(shown, MetaWords.WithoutValues(words));

    [Fact]
    public void They_are_one_line_of_bounded_length_without_the_code_in_front()
    {
        Assert.Equal("Rate limit hit", MetaWords.WithoutValues("(#130429) Rate\r\n limit\thit "));
        Assert.Equal("", MetaWords.WithoutValues(null));
        Assert.Equal("", MetaWords.WithoutValues(" \n"));

        var text = MetaWords.WithoutValues(string.Concat(Enumerable.Repeat("far too long ", 1_000)));

        Assert.InRange(text.Length, MetaWords.LengthMax - 5, MetaWords.LengthMax);
        Assert.EndsWith("…", text, StringComparison.Ordinal);
        Assert.Equal($"{new string('a', MetaWords.LengthMax - 2)}…", MetaWords.WithoutValues(new string('a', MetaWords.LengthMax - 2) + "😀😀"));
    }
}

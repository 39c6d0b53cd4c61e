using Herald.WhatsApp.Messages;
using Herald.WhatsApp.Templates;

namespace Herald.WhatsApp.Tests.Templates;

public sealed class TemplateParametersTests
{
    private static readonly TemplateParameters Named = Parameters("named_with_everything");
    private static readonly TemplateParameters Positional = Parameters("positional_with_image");

    [Fact]
    public void A_named_template_takes_its_names_and_its_buttons()
    {
        Assert.Equal(
            ["order_number Header", "first_name Body", "order_number Body", "city Body", "button.0 ButtonPayload?", "button.1 ButtonPayload?", "button.2 ButtonUrl"],
            Named.All.Select(Describe));
        Assert.Equal("Pune", Named.All[3].Example);
    }

    [Fact]
    public void A_positional_template_takes_its_numbers_in_order()
    {
        Assert.Equal(["header HeaderMedia", "1 Body", "2 Body", "button.0 ButtonPayload?", "button.1 ButtonCode"], Positional.All.Select(Describe));

        var swapped = TemplateParameters.Of(new TemplateDefinition("x", "en", "UTILITY") { Body = "Second {{2}} then {{10}} and {{1}} at last" });
        Assert.Equal(["1", "2", "10"], swapped.All.Select(parameter => parameter.Key));
    }

    [Fact]
    public void A_one_time_code_takes_the_code_twice()
    {
        Assert.Equal(["1 Body", "button.0 ButtonUrl"], Parameters("one_time_code").All.Select(Describe));
    }

    [Fact]
    public void Values_by_name_fill_a_named_template()
    {
        var fill = Named.Fill(
            Values(("order_number", "A-17"), ("first_name", "Asha"), ("city", "Pune"), ("button.0", "optout:all"), ("button.2", "A-17"), ("unused", "x")),
            ValueCleaning.Refuse);

        var expected = new TemplateContent("order_ready", "en_US")
        {
            HeaderText = new("A-17", "order_number"),
            Body = [new("Asha", "first_name"), new("A-17", "order_number"), new("Pune", "city")],
            Buttons = [new(0, TemplateButtonKind.QuickReply, "optout:all"), new(2, TemplateButtonKind.Url, "A-17")],
        };
        Assert.Empty(fill.Violations);
        Assert.Equal(expected, fill.Content);
        Assert.Empty(MessageContentValidator.Validate(expected));
    }

    [Fact]
    public void Values_by_number_fill_a_positional_template_in_order()
    {
        var fill = Positional.Fill(Values(("2", "20 %"), ("1", "Asha"), ("header", "4455"), ("button.1", "SPRING20")), ValueCleaning.Refuse);

        Assert.Equal(
            new TemplateContent("spring_sale", "hi")
            {
                HeaderMedia = MediaReference.ById(MediaKind.Image, "4455"),
                Body = [new("Asha"), new("20 %")],
                Buttons = [new(1, TemplateButtonKind.CopyCode, "SPRING20")],
            },
            fill.Content);
    }

    [Fact]
    public void Every_missing_value_is_named()
    {
        var fill = Positional.Fill(Values(("1", "Asha")), ValueCleaning.Refuse);

        Assert.Null(fill.Content);
        Assert.Equal(["header", "2", "button.1"], fill.Violations.Select(violation => violation.Field));
    }

    [Theory]
    [InlineData("a\nb")]
    [InlineData("a\r\nb")]
    [InlineData("a\tb")]
    [InlineData("a     b")]
    [InlineData("  a b ", true)]
    public void A_value_with_line_breaks_or_many_spaces_is_refused_or_cleaned(string value, bool isAllowedAsIs = false)
    {
        var values = Values(("1", value), ("2", "x"), ("header", "https://a.example/p.png"), ("button.1", "C"));

        Assert.Equal(isAllowedAsIs, Positional.Fill(values, ValueCleaning.Refuse).Content is not null);
        Assert.Equal("a b", Positional.Fill(values, ValueCleaning.Clean).Content?.Body[0].Text);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("\n")]
    public void A_blank_value_is_refused_even_when_cleaning(string value)
    {
        var fill = Positional.Fill(Values(("1", value), ("2", "x"), ("header", "1"), ("button.1", "C")), ValueCleaning.Clean);

        Assert.Equal("1", Assert.Single(fill.Violations).Field);
    }

    [Theory]
    [InlineData("http://a.example/p.png")]
    [InlineData("p.png")]
    [InlineData("")]
    public void Header_media_is_an_id_or_an_https_address(string value)
    {
        var fill = Positional.Fill(Values(("1", "a"), ("2", "x"), ("header", value), ("button.1", "C")), ValueCleaning.Clean);

        Assert.Equal("header", Assert.Single(fill.Violations).Field);
    }

    [Fact]
    public void A_body_that_grows_over_1024_code_points_is_refused()
    {
        var parameters = TemplateParameters.Of(new TemplateDefinition("x", "en", "UTILITY") { Body = "12345{{1}}12345{{1}}." });

        Assert.NotNull(parameters.Fill(Values(("1", string.Concat(Enumerable.Repeat("👋", 506)))), ValueCleaning.Refuse).Content);
        Assert.Equal("body", Assert.Single(parameters.Fill(Values(("1", new string('x', 507))), ValueCleaning.Refuse).Violations).Field);
    }

    [Fact]
    public void A_template_with_parts_that_are_not_sent_here_is_refused()
    {
        var fill = Parameters("carousel_is_kept").Fill(Values(), ValueCleaning.Refuse);

        Assert.Null(fill.Content);
        Assert.Contains("CAROUSEL", Assert.Single(fill.Violations).Rule, StringComparison.Ordinal);
    }

    [Fact]
    public void No_violation_quotes_a_value()
    {
        var fill = Positional.Fill(Values(("1", "secret\nvalue"), ("2", "secret\tvalue"), ("header", "secret value"), ("button.1", new string('s', 30))), ValueCleaning.Refuse);

        Assert.All(fill.Violations, violation => Assert.DoesNotContain("secret", violation.ToString(), StringComparison.Ordinal));
        Assert.NotEmpty(fill.Violations);
    }

    [Fact]
    public void The_body_is_rendered_as_the_person_sees_it()
    {
        Assert.Equal(
            "Namaste Asha, everything in the shop is {{2}} cheaper until Sunday, come and see us.",
            Positional.RenderBody(Values(("1", "Asha"))));
    }

    private static TemplateParameters Parameters(string name) => TemplateParameters.Of(TemplateDefinition.Parse(TestData.Text("templates", name)));

    private static Dictionary<string, string> Values(params (string Key, string Value)[] values) =>
        values.ToDictionary(pair => pair.Key, pair => pair.Value);

    private static string Describe(TemplateParameter parameter) => $"{parameter.Key} {parameter.Place}{(parameter.IsRequired ? "" : "?")}";
}

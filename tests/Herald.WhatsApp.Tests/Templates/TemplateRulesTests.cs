using Herald.WhatsApp.Templates;

namespace Herald.WhatsApp.Tests.Templates;

public sealed class TemplateRulesTests
{
    private static readonly Dictionary<string, string[]> Expectations = new()
    {
        ["named_with_everything"] = [],
        ["positional_with_image"] = [],
        ["one_time_code"] = [],
        ["carousel_is_kept"] = [],
        ["bad_name_language_category"] = ["name", "language", "category"],
        ["body_missing"] = ["body"],
        ["body_begins_and_ends_with_variables"] = ["body: must not begin with a variable", "body: must not end with a variable"],
        ["variables_adjacent_and_too_many"] =
            ["body: must have text between variables", "body: must have at least 5 words beside its 2 variables"],
        ["numbers_with_a_gap_without_examples"] =
            ["body: must number variables from 1 without gaps", "body.example: is required for the variable 1", "body.example: is required for the variable 3"],
        ["names_in_a_bad_form"] =
        [
            "body: must name variables with a to z, 0 to 9 and underscore, beginning with a letter: First Name",
            "body: must name variables with a to z, 0 to 9 and underscore, beginning with a letter: #x",
        ],
        ["unbalanced_braces"] = ["body: must have balanced braces around each variable"],
        ["header_breaks_rules"] =
        [
            "header: must not have a line break", "header: must not have formatting characters (* _ ~ `) outside variables",
            "header: must not have emoji", "header: must have at most one variable", "header.example: is required for the variable",
        ],
        ["media_header_without_sample"] = ["header.example"],
        ["footer_breaks_rules"] = ["footer: must not have a line break", "footer: must not have variables"],
        ["too_many_line_breaks"] = ["body: must not have more than two line breaks in a row"],
        ["buttons_break_rules"] =
        [
            "buttons: must have at most 2 of type URL", "buttons: must have its quick replies next to each other",
            "buttons[1].text", "buttons[1].url: must have its variable at the end", "buttons[1].example",
            "buttons[3].url: must be an absolute http or https address", "buttons[5].phone_number", "buttons[6].example",
        ],
        ["authentication_with_header"] = ["header", "footer.code_expiration_minutes", "buttons"],
        ["ttl_out_of_range"] = ["message_send_ttl_seconds"],
    };

    public static TheoryData<string> Cases => [.. Expectations.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_template_breaks_the_rules_it_should(string name)
    {
        var violations = TemplateRules.Validate(TemplateDefinition.Parse(TestData.Text("templates", name)));

        // An expectation without a colon names the field only.
        var expected = Expectations[name];
        var actual = violations.Select((violation, i) =>
            i < expected.Length && !expected[i].Contains(':', StringComparison.Ordinal) ? violation.Field : $"{violation.Field}: {violation.Rule}");
        Assert.Equal(expected, actual);
    }

    [Fact]
    public void Every_template_has_an_expectation()
    {
        Assert.Equal(TestData.Names("templates"), Expectations.Keys.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_template_is_the_same_after_it_was_written(string name)
    {
        var template = TemplateDefinition.Parse(TestData.Text("templates", name));

        Assert.Equal(template, TemplateDefinition.Parse(template.ToJson()));
    }

    [Theory]
    [InlineData("a_1", true)]
    [InlineData("A", false)]
    [InlineData("é", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void A_name_has_small_letters_digits_and_underscores(string? name, bool isName)
    {
        Assert.Equal(isName, TemplateRules.IsName(name));
    }

    [Fact]
    public void A_name_has_at_most_512_characters()
    {
        Assert.True(TemplateRules.IsName(new string('a', 512)));
        Assert.False(TemplateRules.IsName(new string('a', 513)));
    }

    [Fact]
    public void Metas_111_languages_are_known()
    {
        Assert.Equal(111, TemplateLanguages.Codes.Count);
        Assert.All(["en", "en_US", "pt_BR", "hi", "ar", "id", "zh_CN"], code => Assert.True(TemplateLanguages.IsKnown(code)));
        Assert.False(TemplateLanguages.IsKnown("en-US"));
    }

    [Fact]
    public void Lengths_are_counted_in_code_points()
    {
        var template = new TemplateDefinition("x", "en", "UTILITY") { Body = string.Concat(Enumerable.Repeat("👋", 1024)) };

        Assert.Empty(TemplateRules.Validate(template));
        Assert.Equal("body", Assert.Single(TemplateRules.Validate(template with { Body = template.Body + "x" })).Field);
    }

    [Theory]
    [InlineData("QQU", true)]
    [InlineData("UQQ", true)]
    [InlineData("UQQP", true)]
    [InlineData("QUQ", false)]
    [InlineData("QPPQ", false)]
    public void Quick_replies_stand_together(string order, bool isAllowed)
    {
        var buttons = order.Select((letter, i) => letter switch
        {
            'Q' => new TemplateButton(TemplateButtonType.QuickReply) { Text = $"Q{i}" },
            'U' => new TemplateButton(TemplateButtonType.Url) { Text = "U", Url = "https://a.example" },
            _ => new TemplateButton(TemplateButtonType.PhoneNumber) { Text = "P", PhoneNumber = "15550104477" },
        });
        var template = new TemplateDefinition("x", "en", "MARKETING") { Body = "We have news.", Buttons = [.. buttons] };

        Assert.Equal(!isAllowed, TemplateRules.Validate(template).Any(violation => violation.Rule.Contains("next to each other", StringComparison.Ordinal)));
    }
}

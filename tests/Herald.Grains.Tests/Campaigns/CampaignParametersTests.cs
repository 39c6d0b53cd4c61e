using Herald.Grains.Campaigns;

namespace Herald.Grains.Tests.Campaigns;

public sealed class CampaignParametersTests
{
    private static readonly Dictionary<string, string> Attributes = new() { ["offer"] = "10%", ["blank"] = " " };

    [Theory]
    [InlineData(null, "display_name", null, "Ana")]
    [InlineData(null, "language", null, "es")]
    [InlineData(null, "phone_number", null, "+34600000001")]
    [InlineData(null, "offer", "5%", "10%")]
    [InlineData(null, "blank", "5%", "5%")]
    [InlineData(null, "missing", "5%", "5%")]
    [InlineData(null, "missing", null, "")]
    [InlineData("Hello", null, null, "Hello")]
    public void A_source_gives_the_contact_s_value_or_the_fallback(string? literal, string? attribute, string? fallback, string expected)
    {
        var value = new CampaignParameter(literal, attribute, fallback).Resolve("Ana", "es", "34600000001", Attributes);

        Assert.Equal(expected, value);
    }

    [Fact]
    public void What_is_stored_reads_back_the_same()
    {
        var parameters = CampaignParameters.Of(new Dictionary<string, CampaignParameter>
        {
            ["body.1"] = new(null, "display_name", "friend"),
            ["button.0"] = new("héllo \"x\"", null, null),
        });

        var again = CampaignParameters.Parse(parameters.ToJson());

        Assert.Equal(parameters.ByKey.OrderBy(entry => entry.Key), again.ByKey.OrderBy(entry => entry.Key));
    }

    [Fact]
    public void Text_that_is_not_json_is_refused_without_quoting_it()
    {
        var error = Assert.Throws<FormatException>(() => CampaignParameters.Parse("{secret"));

        Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
    }
}

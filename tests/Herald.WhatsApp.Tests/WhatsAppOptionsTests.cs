using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Herald.WhatsApp.Tests;

public sealed class WhatsAppOptionsTests
{
    [Fact]
    public void The_defaults_are_valid()
    {
        Assert.True(new WhatsAppOptionsValidator().Validate(null, new WhatsAppOptions()).Succeeded);
    }

    [Theory]
    [InlineData("BaseAddress", "http://graph.facebook.com")]
    [InlineData("BaseAddress", "ftp://graph.facebook.com")]
    [InlineData("BaseAddress", "https://graph.facebook.com/v25.0")]
    [InlineData("BaseAddress", "https://user@graph.facebook.com")]
    [InlineData("GraphVersion", "25.0")]
    [InlineData("GraphVersion", "v25")]
    [InlineData("GraphVersion", "v25.0/x")]
    [InlineData("RequestTimeout", "00:00:00.5")]
    [InlineData("RequestTimeout", "00:06:00")]
    [InlineData("ConnectTimeout", "00:02:00")]
    [InlineData("ConnectionsMax", "0")]
    [InlineData("ConnectionsMax", "5000")]
    [InlineData("AppId", "app")]
    [InlineData("AppSecret", "with space")]
    [InlineData("ProveAppSecret", "true")]
    public void An_option_out_of_its_range_is_named(string option, string value)
    {
        var result = new WhatsAppOptionsValidator().Validate(null, With(option, value));

        Assert.Contains($"WhatsApp:{option} ", Assert.Single(result.Failures!), StringComparison.Ordinal);
        if (option == "AppSecret") Assert.DoesNotContain(value, result.FailureMessage, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("BaseAddress", "http://127.0.0.1:5001")]
    [InlineData("BaseAddress", "http://localhost:5001")]
    [InlineData("GraphVersion", "v26.0")]
    public void An_option_within_its_range_is_taken(string option, string value)
    {
        Assert.True(new WhatsAppOptionsValidator().Validate(null, With(option, value)).Succeeded);
    }

    [Fact]
    public void Bad_options_stop_the_client_from_being_made()
    {
        var services = new ServiceCollection();
        services.AddWhatsApp(options => options.ConnectionsMax = 0);
        using var provider = services.BuildServiceProvider();

        Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IOptions<WhatsAppOptions>>().Value);
    }

    [Fact]
    public void A_token_never_shows_itself()
    {
        var token = new AccessToken("EAAsecret");

        Assert.Equal("(access token)", $"{token}");
        Assert.DoesNotContain("EAAsecret", System.Text.Json.JsonSerializer.Serialize(token), StringComparison.Ordinal);
        Assert.Equal("EAAsecret", token.Reveal());
        Assert.Equal(new AccessToken("EAAsecret"), token);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a\r\nX-Evil: 1")]
    [InlineData("é")]
    public void A_token_that_cannot_stand_in_a_header_is_refused(string value)
    {
        Assert.False(AccessToken.IsValid(value));
        Assert.Throws<ArgumentException>(() => new AccessToken(value));
    }

    private static WhatsAppOptions With(string option, string value)
    {
        var options = new WhatsAppOptions();
        switch (option)
        {
            case "BaseAddress":
                options.BaseAddress = new Uri(value);
                break;
            case "GraphVersion":
                options.GraphVersion = value;
                break;
            case "RequestTimeout":
                options.RequestTimeout = TimeSpan.Parse(value, System.Globalization.CultureInfo.InvariantCulture);
                break;
            case "ConnectTimeout":
                options.ConnectTimeout = TimeSpan.Parse(value, System.Globalization.CultureInfo.InvariantCulture);
                break;
            case "ConnectionsMax":
                options.ConnectionsMax = int.Parse(value, System.Globalization.CultureInfo.InvariantCulture);
                break;
            case "AppId":
                options.AppId = value;
                break;
            case "AppSecret":
                options.AppSecret = value;
                break;
            case "ProveAppSecret":
                options.ProveAppSecret = bool.Parse(value);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(option), option, "Not an option.");
        }

        return options;
    }
}

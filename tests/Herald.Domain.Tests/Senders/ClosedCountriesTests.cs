using Herald.Domain.Senders;

namespace Herald.Domain.Tests.Senders;

public sealed class ClosedCountriesTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 16, 20, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("34600000001", "34")]
    [InlineData("5351234567", "53")]
    [InlineData("18095551234", "1809")]
    [InlineData("79161234567", "7916")]
    [InlineData("US.13491208655302741918", "US.")]
    [InlineData("0034600000001", null)]
    [InlineData("", null)]
    public void A_country_is_what_its_addresses_begin_with(string address, string? expected) => Assert.Equal(expected, ClosedCountries.PrefixOf(address));

    [Fact]
    public void A_country_is_closed_for_a_day_and_no_other_country_with_it()
    {
        var closed = ClosedCountries.None.With("1809", Now, Now);

        Assert.True(closed.Holds("18095551234", Now.AddHours(23)));
        Assert.False(closed.Holds("18095551234", Now.AddHours(24)));
        Assert.False(closed.Holds("12125551234", Now));
        Assert.False(closed.Holds("US.1809", Now));
    }

    [Fact]
    public void A_burst_of_refusals_is_one_and_an_old_refusal_is_none()
    {
        var closed = ClosedCountries.None.With("53", Now, Now);

        Assert.Same(closed, closed.With("53", Now.AddMinutes(5), Now.AddMinutes(5)));
        Assert.Same(closed, closed.With("98", Now.AddDays(-1), Now));
        Assert.True(closed.With("53", Now.AddHours(2), Now.AddHours(2)).Holds("5351234567", Now.AddHours(25)));
    }

    [Fact]
    public void What_is_open_again_is_forgotten_and_the_number_of_countries_is_bounded()
    {
        var closed = ClosedCountries.None.With("53", Now, Now).With("98", Now.AddHours(30), Now.AddHours(30));
        Assert.DoesNotContain("53:", closed.ToString(), StringComparison.Ordinal);

        for (var area = 0; area < 600; area++)
            closed = closed.With($"1{200 + area}", Now.AddHours(31).AddSeconds(area), Now.AddHours(32));

        Assert.Equal(ClosedCountries.CountMax, closed.ToString().Split(' ').Length);
        Assert.True(closed.Holds("17995551234", Now.AddHours(32)));
    }

    [Fact]
    public void A_time_that_has_not_come_yet_closes_it_no_longer_than_a_day()
    {
        var closed = ClosedCountries.None.With("53", DateTimeOffset.MaxValue, Now);

        Assert.True(closed.Holds("5351234567", Now.AddHours(23)));
        Assert.False(closed.Holds("5351234567", Now.AddDays(1)));
    }

    [Fact]
    public void The_stored_form_is_read_back()
    {
        var closed = ClosedCountries.None.With("53", Now, Now).With("US.", Now.AddHours(2), Now.AddHours(2));

        Assert.Equal(closed, ClosedCountries.Parse(closed.ToString()));
        Assert.Same(ClosedCountries.None, ClosedCountries.Parse(""));
        Assert.Throws<FormatException>(() => ClosedCountries.Parse("53"));
    }
}

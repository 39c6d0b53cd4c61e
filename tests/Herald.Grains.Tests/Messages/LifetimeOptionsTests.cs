using Herald.Domain.Messages;
using Herald.Grains.Messages;

namespace Herald.Grains.Tests.Messages;

public sealed class LifetimeOptionsTests
{
    private static readonly DateTimeOffset Due = new(2026, 11, 21, 16, 20, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(MessageClass.Authentication, 10)]
    [InlineData(MessageClass.Reply, 24 * 60)]
    [InlineData(MessageClass.Utility, 3 * 24 * 60)]
    [InlineData(MessageClass.Marketing, 7 * 24 * 60)]
    public void Every_class_has_a_lifetime_that_counts_from_when_a_message_is_due(MessageClass messageClass, int minutes) =>
        Assert.Equal(Due.AddMinutes(minutes), new LifetimeOptions().ExpireTime(messageClass, Due));

    [Fact]
    public void Lifetimes_out_of_range_are_refused_by_name()
    {
        var validator = new LifetimeOptionsValidator();

        Assert.True(validator.Validate(null, new LifetimeOptions()).Succeeded);
        var refused = validator.Validate(null, new LifetimeOptions { AuthenticationLifetime = TimeSpan.FromSeconds(29), MarketingLifetime = TimeSpan.FromDays(31) });
        Assert.Equal(
            ["Herald:Delivery:AuthenticationLifetime is 00:00:29: must be 30 s to 30 days.", "Herald:Delivery:MarketingLifetime is 31.00:00:00: must be 30 s to 30 days."],
            refused.Failures);
    }
}

using Herald.Webhooks.Tests.Support;

namespace Herald.Webhooks.Tests;

public sealed class WebhookOptionsTests
{
    [Theory]
    [InlineData(0, 2, true)]
    [InlineData(5, 15, true)]
    [InlineData(-1, 15, false)]
    [InlineData(6, 60, false)]
    [InlineData(5, 14, false)]
    public void Statuses_gather_for_five_seconds_at_most_and_a_third_of_the_lease(int roundSeconds, int leaseSeconds, bool isValid)
    {
        var options = new WebhookOptions
        {
            VerifyToken = WebhookEdge.VerifyToken,
            RoundInterval = TimeSpan.FromSeconds(roundSeconds),
            LeaseDuration = TimeSpan.FromSeconds(leaseSeconds),
        };
        options.AppSecrets.Add(WebhookEdge.Secret);

        var result = new WebhookOptionsValidator().Validate(null, options);

        Assert.Equal(isValid, result.Succeeded);
        if (!isValid)
            Assert.All(result.Failures!, failure => Assert.Contains("Herald:Webhooks:RoundInterval", failure, StringComparison.Ordinal));
    }
}

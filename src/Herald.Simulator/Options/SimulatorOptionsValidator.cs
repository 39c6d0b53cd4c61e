namespace Herald.Simulator;

/// <summary>Refuses options out of their range, with the option's name, its value and the rule.</summary>
internal static class SimulatorOptionsValidator
{
    public static void Validate(SimulatorOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        Require(options.Url.IsLoopback && options.Url.Scheme == "http", nameof(options.Url), options.Url, "an http address of this machine");
        Require(options.AppId.Length > 0 && options.AppId.All(char.IsAsciiDigit), nameof(options.AppId), options.AppId, "decimal digits");
        Require(options.AppSecret.Length > 0, nameof(options.AppSecret), "", "not empty");
        Require(options.Limits.RateLimitHttpStatus is 400 or 429, nameof(LimitOptions.RateLimitHttpStatus), options.Limits.RateLimitHttpStatus, "400 or 429");
        Require(options.Limits.PortfolioPeopleMax is 0 or 50 or 250 or 2_000 or 10_000 or 100_000, nameof(LimitOptions.PortfolioPeopleMax), options.Limits.PortfolioPeopleMax, "0, 50, 250, 2000, 10000 or 100000");
        Require(options.Webhooks.UpdatesPerPostMax is >= 1 and <= 1000, nameof(WebhookOptions.UpdatesPerPostMax), options.Webhooks.UpdatesPerPostMax, "1 to 1000");
        Require(options.Webhooks.ConcurrentPosts is >= 1 and <= 64, nameof(WebhookOptions.ConcurrentPosts), options.Webhooks.ConcurrentPosts, "1 to 64");
        var behaviour = options.Behaviour;
        Require(behaviour.TimeScale >= 0, nameof(behaviour.TimeScale), behaviour.TimeScale, "not negative");
        Share(behaviour.DeliveredShare, nameof(behaviour.DeliveredShare));
        Share(behaviour.ReadShare, nameof(behaviour.ReadShare));
        Share(behaviour.FailAfterSentShare, nameof(behaviour.FailAfterSentShare));
        Share(behaviour.DuplicateShare, nameof(behaviour.DuplicateShare));
        Share(behaviour.ReorderShare, nameof(behaviour.ReorderShare));
        Share(behaviour.FailureShares.Values.Sum(), nameof(behaviour.FailureShares));
        Share(behaviour.Replies.Sum(rule => rule.Share), nameof(behaviour.Replies));
    }

    private static void Share(double value, string option) => Require(value is >= 0 and <= 1, option, value, "0 to 1, also in sum");

    private static void Require(bool holds, string option, object value, string rule)
    {
        if (!holds)
        {
            throw new ArgumentException($"{option} is {value}; it must be {rule}.", option);
        }
    }
}

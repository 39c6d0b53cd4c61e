using Microsoft.Extensions.Options;

namespace Herald.Grains.Messages;

internal sealed class LifetimeOptionsValidator : IValidateOptions<LifetimeOptions>
{
    public ValidateOptionsResult Validate(string? name, LifetimeOptions options)
    {
        (string Option, TimeSpan Value)[] lifetimes =
        [
            (nameof(options.AuthenticationLifetime), options.AuthenticationLifetime), (nameof(options.ReplyLifetime), options.ReplyLifetime),
            (nameof(options.UtilityLifetime), options.UtilityLifetime), (nameof(options.MarketingLifetime), options.MarketingLifetime),
        ];
        var failures = lifetimes.Where(lifetime => lifetime.Value < LifetimeOptions.LifetimeMin || lifetime.Value > LifetimeOptions.LifetimeMax)
            .Select(lifetime => $"Herald:Delivery:{lifetime.Option} is {lifetime.Value}: must be 30 s to 30 days.").ToList();
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}

using Microsoft.Extensions.Options;

namespace Herald.Delivery;

internal sealed class DeliveryOptionsValidator : IValidateOptions<DeliveryOptions>
{
    public ValidateOptionsResult Validate(string? name, DeliveryOptions options)
    {
        var failures = new List<string>();
        Check(options.LeaseDuration >= TimeSpan.FromSeconds(2) && options.LeaseDuration <= TimeSpan.FromMinutes(5),
            nameof(options.LeaseDuration), options.LeaseDuration, "must be 2 s to 5 min");
        Check(options.RenewInterval > TimeSpan.Zero && options.RenewInterval * 3 <= options.LeaseDuration,
            nameof(options.RenewInterval), options.RenewInterval, "must be more than zero and at most a third of LeaseDuration");
        Check(options.ConcurrencyPerSender is >= 1 and <= 1024,
            nameof(options.ConcurrencyPerSender), options.ConcurrencyPerSender, "must be 1 to 1,024");
        Check(options.ConcurrencyPerNode is >= 8 and <= 16_384,
            nameof(options.ConcurrencyPerNode), options.ConcurrencyPerNode, "must be 8 to 16,384");
        Check(options.ClaimsAtOnce is >= 2 and <= 64, nameof(options.ClaimsAtOnce), options.ClaimsAtOnce, "must be 2 to 64");
        Check(options.ClaimDuration >= TimeSpan.FromSeconds(10) && options.ClaimDuration <= TimeSpan.FromHours(1),
            nameof(options.ClaimDuration), options.ClaimDuration, "must be 10 s to 1 h");
        Check(options.IdleInterval >= TimeSpan.FromMilliseconds(50) && options.IdleInterval <= TimeSpan.FromSeconds(60),
            nameof(options.IdleInterval), options.IdleInterval, "must be 50 ms to 60 s");
        Check(options.PrepareBatchSize is >= 1 and <= 10_000,
            nameof(options.PrepareBatchSize), options.PrepareBatchSize, "must be 1 to 10,000");
        Check(options.DrainTimeout >= TimeSpan.Zero && options.DrainTimeout <= TimeSpan.FromMinutes(5),
            nameof(options.DrainTimeout), options.DrainTimeout, "must be 0 to 5 min");
        Check(options.UnknownGrace >= TimeSpan.FromMinutes(1) && options.UnknownGrace <= TimeSpan.FromDays(7),
            nameof(options.UnknownGrace), options.UnknownGrace, "must be 1 min to 7 days");
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);

        void Check(bool holds, string option, object value, string rule)
        {
            if (!holds)
                failures.Add($"Herald:Delivery:{option} is {value}: {rule}.");
        }
    }
}

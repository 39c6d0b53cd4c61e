using Microsoft.Extensions.Options;

namespace Herald.Api;

/// <summary>Checks the ranges that the options document.</summary>
internal sealed class HeraldApiOptionsValidator : IValidateOptions<HeraldApiOptions>
{
    private const int CallsMax = 100_000;
    private const int BurstMax = 1_000_000;
    private const int RowsMax = 10_000_000;
    private static readonly TimeSpan CacheTimeMax = TimeSpan.FromMinutes(1);

    public ValidateOptionsResult Validate(string? name, HeraldApiOptions options)
    {
        var failures = new List<string>();
        Check(failures, nameof(options.CallsPerSecond), options.CallsPerSecond, 1, CallsMax);
        Check(failures, nameof(options.CallsBurst), options.CallsBurst, 1, BurstMax);
        Check(failures, nameof(options.ImportRowsMax), options.ImportRowsMax, 1, RowsMax);
        if (options.KeyCacheTime < TimeSpan.Zero || options.KeyCacheTime > CacheTimeMax)
            failures.Add($"{HeraldApiOptions.SectionName}:{nameof(options.KeyCacheTime)} is {options.KeyCacheTime}; it must be 0 to {CacheTimeMax}.");
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static void Check(List<string> failures, string option, int value, int min, int max)
    {
        if (value < min || value > max)
            failures.Add($"{HeraldApiOptions.SectionName}:{option} is {value}; it must be {min} to {max}.");
    }
}

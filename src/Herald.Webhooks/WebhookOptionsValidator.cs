using Microsoft.Extensions.Options;

namespace Herald.Webhooks;

internal sealed class WebhookOptionsValidator : IValidateOptions<WebhookOptions>
{
    private const int SecretLengthMin = 16;
    private const int TokenLengthMin = 8;

    public ValidateOptionsResult Validate(string? name, WebhookOptions options)
    {
        var failures = new List<string>();
        // Secrets are named by position: their text must not reach a log.
        Check(options.AppSecrets.Count > 0, "AppSecrets is empty: at least one app secret is needed.");
        for (var i = 0; i < options.AppSecrets.Count; i++)
            Check(options.AppSecrets[i].Length >= SecretLengthMin, $"AppSecrets:{i} is too short: it needs {SecretLengthMin} characters.");
        Check(options.VerifyToken.Length >= TokenLengthMin, $"VerifyToken is too short: it needs {TokenLengthMin} characters.");
        Check(options.BatchSize is >= 1 and <= 5_000, $"BatchSize is {options.BatchSize}: must be 1 to 5,000.");
        Check(options.RoundInterval >= TimeSpan.Zero && options.RoundInterval <= TimeSpan.FromSeconds(5),
            $"RoundInterval is {options.RoundInterval}: must be 0 to 5 s.");
        // Nothing renews the lease while statuses gather.
        Check(options.RoundInterval <= options.LeaseDuration / 3,
            $"RoundInterval is {options.RoundInterval}: must be at most a third of LeaseDuration, {options.LeaseDuration}.");
        Check(options.AttemptsMax is >= 1 and <= 100, $"AttemptsMax is {options.AttemptsMax}: must be 1 to 100.");
        Check(options.Retention >= TimeSpan.FromHours(1) && options.Retention <= TimeSpan.FromDays(30),
            $"Retention is {options.Retention}: must be 1 h to 30 days.");
        Check(options.IdleInterval >= TimeSpan.FromMilliseconds(50) && options.IdleInterval <= TimeSpan.FromSeconds(60),
            $"IdleInterval is {options.IdleInterval}: must be 50 ms to 60 s.");
        Check(options.LeaseDuration >= TimeSpan.FromSeconds(2) && options.LeaseDuration <= TimeSpan.FromMinutes(5),
            $"LeaseDuration is {options.LeaseDuration}: must be 2 s to 5 min.");
        Check(options.StopTimeout >= TimeSpan.Zero && options.StopTimeout <= TimeSpan.FromSeconds(10),
            $"StopTimeout is {options.StopTimeout}: must be 0 to 10 s.");
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);

        void Check(bool holds, string failure)
        {
            if (!holds)
                failures.Add("Herald:Webhooks:" + failure);
        }
    }
}

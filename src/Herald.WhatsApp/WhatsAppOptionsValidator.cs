using Microsoft.Extensions.Options;

namespace Herald.WhatsApp;

/// <summary>Checks <see cref="WhatsAppOptions"/> at start. A message names the option and the rule, and the value unless it is a secret.</summary>
public sealed class WhatsAppOptionsValidator : IValidateOptions<WhatsAppOptions>
{
    private static readonly TimeSpan RequestTimeoutMin = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan RequestTimeoutMax = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan ConnectTimeoutMin = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan ConnectTimeoutMax = TimeSpan.FromMinutes(1);
    private const int ConnectionsCeiling = 4096;

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, WhatsAppOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var failures = new List<string>();
        CheckBaseAddress(options.BaseAddress, failures);

        if (!IsGraphVersion(options.GraphVersion))
            failures.Add($"WhatsApp:GraphVersion is '{options.GraphVersion}', but must be written like v25.0.");
        CheckRange("RequestTimeout", options.RequestTimeout, RequestTimeoutMin, RequestTimeoutMax, failures);
        CheckRange("ConnectTimeout", options.ConnectTimeout, ConnectTimeoutMin, ConnectTimeoutMax, failures);
        if (options.ConnectionsMax is < 1 or > ConnectionsCeiling)
            failures.Add($"WhatsApp:ConnectionsMax is {options.ConnectionsMax}, but must be 1 to {ConnectionsCeiling}.");
        if (options.AppId is not null && !GraphId.IsValid(options.AppId))
            failures.Add($"WhatsApp:AppId is '{options.AppId}', but must be 1 to {GraphId.LengthMax} decimal digits.");
        if (options.AppSecret is not null && !AccessToken.IsValid(options.AppSecret))
            failures.Add("WhatsApp:AppSecret must be printable ASCII characters without spaces.");
        if (options.ProveAppSecret && options.AppSecret is null)
            failures.Add("WhatsApp:ProveAppSecret is on, but WhatsApp:AppSecret is not set.");

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static void CheckBaseAddress(Uri? address, List<string> failures)
    {
        if (address is null || !address.IsAbsoluteUri || (address.Scheme != Uri.UriSchemeHttps && address.Scheme != Uri.UriSchemeHttp))
        {
            failures.Add($"WhatsApp:BaseAddress is '{address}', but must be an absolute https address.");
            return;
        }

        if (address.Scheme == Uri.UriSchemeHttp && !address.IsLoopback)
            failures.Add($"WhatsApp:BaseAddress is '{address.GetLeftPart(UriPartial.Authority)}', but plain http is allowed for a loopback address only.");
        if (address.PathAndQuery != "/" || address.UserInfo.Length != 0)
            failures.Add("WhatsApp:BaseAddress must be a scheme and a host, without a path, a query or a user.");
    }

    private static void CheckRange(string option, TimeSpan value, TimeSpan min, TimeSpan max, List<string> failures)
    {
        if (value < min || value > max) failures.Add($"WhatsApp:{option} is {value}, but must be {min} to {max}.");
    }

    private static bool IsGraphVersion(string? version)
    {
        if (version is not { Length: >= 4 and <= 8 } || version[0] != 'v') return false;
        var dot = version.IndexOf('.', StringComparison.Ordinal);
        return dot > 1 && dot < version.Length - 1
            && !version.AsSpan(1, dot - 1).ContainsAnyExceptInRange('0', '9')
            && !version.AsSpan(dot + 1).ContainsAnyExceptInRange('0', '9');
    }
}

using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Herald.WhatsApp.Errors;
using Herald.WhatsApp.Json;

namespace Herald.WhatsApp.Client;

/// <summary>Reads how long Meta asks to wait, and how much of their limits accounts have used, from the two headers that say so.</summary>
internal static class RetryHint
{
    private const int MinutesMax = 24 * 60;

    /// <summary>How long the header Retry-After asks to wait; null when it does not.</summary>
    public static TimeSpan? Read(HttpResponseHeaders headers, DateTimeOffset now) =>
        headers.RetryAfter is { } retryAfter && (retryAfter.Delta ?? (retryAfter.Date - now)) is { } wait && wait > TimeSpan.Zero ? wait : null;

    /// <summary>
    /// How long the account is shut out of calls; null when it is not. It stands in every answer: a refusal for another reason has nothing to do with it.
    /// </summary>
    public static TimeSpan? ReadRegain(IReadOnlyList<AccountUsage> usages, MetaError error) =>
        error is { Reaction: Reaction.RetryWithBackoff, Scope: ErrorScope.Account or ErrorScope.App }
        && usages.Select(usage => usage.RegainAccess).DefaultIfEmpty().Max() is var regain && regain > TimeSpan.Zero ? regain : null;

    /// <summary>The longest <c>estimated_time_to_regain_access</c>, which is in minutes, and the largest <c>call_count</c> of each account.</summary>
    public static IReadOnlyList<AccountUsage> ReadUsages(HttpResponseHeaders headers)
    {
        if (!headers.TryGetValues("X-Business-Use-Case-Usage", out var values)) return [];

        try
        {
            using var document = JsonDocument.Parse(Encoding.UTF8.GetBytes(values.First()));
            if (document.RootElement.ValueKind != JsonValueKind.Object) return [];

            var usages = new List<AccountUsage>();
            foreach (var account in document.RootElement.EnumerateObject())
            {
                if (account.Value.ValueKind != JsonValueKind.Array) continue;
                int minutes = 0, percent = 0;
                foreach (var usage in account.Value.EnumerateArray())
                {
                    minutes = Math.Max(minutes, usage.Int("estimated_time_to_regain_access"u8) ?? 0);
                    percent = Math.Max(percent, usage.Int("call_count"u8) ?? 0);
                }

                usages.Add(new AccountUsage(account.Name, percent, TimeSpan.FromMinutes(Math.Min(minutes, MinutesMax))));
            }

            return usages;
        }
        catch (JsonException)
        {
            return [];
        }
    }
}

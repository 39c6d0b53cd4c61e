using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Herald.WhatsApp.Json;

namespace Herald.WhatsApp.Client;

/// <summary>Reads how long Meta asks to wait, from the two headers that say so.</summary>
internal static class RetryHint
{
    private const int MinutesMax = 24 * 60;

    public static TimeSpan? Read(HttpResponseHeaders headers, DateTimeOffset now)
    {
        if (headers.RetryAfter is { } retryAfter)
        {
            var wait = retryAfter.Delta ?? (retryAfter.Date - now);
            if (wait > TimeSpan.Zero) return wait;
        }

        return headers.TryGetValues("X-Business-Use-Case-Usage", out var values) ? ReadUsage(values.First()) : null;
    }

    /// <summary>The longest <c>estimated_time_to_regain_access</c>, which is in minutes.</summary>
    private static TimeSpan? ReadUsage(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(Encoding.UTF8.GetBytes(json));
            if (document.RootElement.ValueKind != JsonValueKind.Object) return null;

            var minutes = 0;
            foreach (var account in document.RootElement.EnumerateObject())
            {
                if (account.Value.ValueKind != JsonValueKind.Array) continue;
                foreach (var usage in account.Value.EnumerateArray())
                    minutes = Math.Max(minutes, usage.Int("estimated_time_to_regain_access"u8) ?? 0);
            }

            return minutes > 0 ? TimeSpan.FromMinutes(Math.Min(minutes, MinutesMax)) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

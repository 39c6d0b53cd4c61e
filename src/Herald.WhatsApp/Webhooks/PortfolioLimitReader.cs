using System.Globalization;
using System.Text.Json;
using Herald.Domain.Portfolios;
using Herald.WhatsApp.Json;

namespace Herald.WhatsApp.Webhooks;

/// <summary>
/// Reads the limit of a portfolio from the fields <c>business_capability_update</c> and <c>phone_number_quality_update</c>. Meta writes it as a tier,
/// as a number, or as -1 for unlimited, by version; the limit that each number once had of its own is not one of the portfolio.
/// </summary>
internal static class PortfolioLimitReader
{
    /// <summary>Null when the value tells no limit, or one that is not understood.</summary>
    public static PortfolioLimitChange? Read(JsonElement value, string? wabaId, DateTimeOffset? entryTime)
    {
        var limit = value.Text("max_daily_conversations_per_business"u8) ?? value.Text("current_limit"u8);
        if (limit is null)
            return null;
        int? peopleMax = PortfolioTier.PeopleMax(limit);
        if (int.TryParse(limit, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number is -1 or > 0)
            peopleMax = number == -1 ? null : number;
        else if (peopleMax is null && !PortfolioTier.IsUnlimited(limit))
            return null;
        return new PortfolioLimitChange(peopleMax) { WabaId = wabaId, Time = entryTime };
    }
}

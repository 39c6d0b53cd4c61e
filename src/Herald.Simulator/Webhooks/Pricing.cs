namespace Herald.Simulator;

/// <summary>The <c>pricing</c> object of a status, by the rule of the day.</summary>
internal static class Pricing
{
    /// <summary>From here on service messages are charged, and utility inside the window too.</summary>
    private static readonly DateTimeOffset ServiceChargedFrom = new(2026, 10, 1, 0, 0, 0, TimeSpan.Zero);

    public static void Write(MetaJson json, AcceptedMessage message, DateTimeOffset time)
    {
        var category = message.Template?.Category switch
        {
            "MARKETING" => "marketing",
            "UTILITY" => "utility",
            "AUTHENTICATION" => "authentication",
            _ => "service",
        };
        var isFree = time < ServiceChargedFrom && (category == "service" || (category == "utility" && message.InWindow));
        json.Name("pricing").Open('{')
            .Member("billable", !isFree)
            .Member("pricing_model", "PMP")
            .Member("type", isFree ? "free_customer_service" : "regular")
            .Member("category", category)
            .Close('}');
    }
}

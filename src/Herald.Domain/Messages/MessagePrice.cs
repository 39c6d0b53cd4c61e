namespace Herald.Domain.Messages;

/// <summary>How WhatsApp prices a message, as its statuses tell.</summary>
/// <param name="Category">What it is charged as.</param>
/// <param name="Type">Whether it is charged.</param>
public readonly record struct MessagePrice(PriceCategory Category, PriceType Type)
{
    private const int TypeFactor = 100;

    /// <summary>Whether it costs anything.</summary>
    public bool IsCharged => Type == PriceType.Regular;

    /// <summary>Whether Meta used a word that Herald does not know.</summary>
    public bool HasUnknownWord => Category == PriceCategory.Other || Type == PriceType.Other;

    /// <summary>The stored form, one number.</summary>
    public int Value => ((int)Type * TypeFactor) + (int)Category;

    /// <summary>Reads the stored form.</summary>
    public static MessagePrice FromValue(int value) => new((PriceCategory)(value % TypeFactor), (PriceType)(value / TypeFactor));

    /// <summary>Reads Meta's words; null when a status carries no price.</summary>
    /// <param name="category">Such as <c>marketing</c>; hyphens and underscores are one.</param>
    /// <param name="type">Such as <c>regular</c>.</param>
    public static MessagePrice? Read(string? category, string? type) => category is null && type is null
        ? null
        : new(
            category?.Replace('-', '_') switch
            {
                "marketing" => PriceCategory.Marketing,
                "marketing_lite" => PriceCategory.MarketingLite,
                "utility" => PriceCategory.Utility,
                "authentication" => PriceCategory.Authentication,
                "authentication_international" => PriceCategory.AuthenticationInternational,
                "service" => PriceCategory.Service,
                "referral_conversion" => PriceCategory.ReferralConversion,
                "general_purpose_ai" => PriceCategory.GeneralPurposeAi,
                _ => PriceCategory.Other,
            },
            type switch
            {
                "regular" => PriceType.Regular,
                "free_customer_service" => PriceType.FreeCustomerService,
                "free_entry_point" => PriceType.FreeEntryPoint,
                _ => PriceType.Other,
            });
}

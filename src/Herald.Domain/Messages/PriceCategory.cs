namespace Herald.Domain.Messages;

/// <summary>What WhatsApp charges a message as; it may differ from the category under which it was sent. Stored as these numbers.</summary>
public enum PriceCategory
{
    /// <summary>Marketing.</summary>
    Marketing = 1,

    /// <summary>Marketing over the Marketing Messages API.</summary>
    MarketingLite = 2,

    /// <summary>Utility.</summary>
    Utility = 3,

    /// <summary>Authentication.</summary>
    Authentication = 4,

    /// <summary>Authentication across borders.</summary>
    AuthenticationInternational = 5,

    /// <summary>A free-form message.</summary>
    Service = 6,

    /// <summary>A conversation that an advertisement began.</summary>
    ReferralConversion = 7,

    /// <summary>An assistant of an AI provider.</summary>
    GeneralPurposeAi = 8,

    /// <summary>A word that Herald does not know.</summary>
    Other = 99,
}

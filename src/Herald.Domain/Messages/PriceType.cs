namespace Herald.Domain.Messages;

/// <summary>Whether and why WhatsApp charges a message. Stored as these numbers.</summary>
public enum PriceType
{
    /// <summary>It is charged.</summary>
    Regular = 1,

    /// <summary>It is free, because the person wrote within 24 hours.</summary>
    FreeCustomerService = 2,

    /// <summary>It is free, because an advertisement began the conversation.</summary>
    FreeEntryPoint = 3,

    /// <summary>A word that Herald does not know.</summary>
    Other = 9,
}

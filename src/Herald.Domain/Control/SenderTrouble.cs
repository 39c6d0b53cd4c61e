namespace Herald.Domain.Control;

/// <summary>Why a business's number stopped sending, as far as it asks something else of its owner.</summary>
public enum SenderTrouble
{
    /// <summary>The connection to WhatsApp is no longer valid.</summary>
    TokenInvalid = 1,

    /// <summary>WhatsApp denies Herald a permission.</summary>
    PermissionMissing = 2,

    /// <summary>WhatsApp blocked the business account.</summary>
    AccountLocked = 3,

    /// <summary>WhatsApp cannot charge the account.</summary>
    PaymentProblem = 4,

    /// <summary>WhatsApp lets this number not send for now.</summary>
    NumberRestricted = 5,

    /// <summary>WhatsApp lets this number send no marketing for now.</summary>
    MarketingStopped = 6,
}

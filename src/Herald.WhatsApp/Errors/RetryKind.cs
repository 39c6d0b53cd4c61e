namespace Herald.WhatsApp.Errors;

/// <summary>Whether the same call may be made again after an error.</summary>
public enum RetryKind
{
    /// <summary>The same call fails again.</summary>
    Never,

    /// <summary>Nothing was sent; the same call may be made again.</summary>
    Safe,

    /// <summary>Nothing was sent; the same call may be made again once something at Meta or at the tenant has changed.</summary>
    Later,

    /// <summary>It may have been sent; the same call may send it twice.</summary>
    MaySendTwice,
}

namespace Herald.WhatsApp.Accounts;

/// <summary>A business phone number as Meta lists it. Members that Meta leaves out are null.</summary>
/// <param name="PhoneNumberId">Meta's id of the number.</param>
public sealed record PhoneNumberInfo(string PhoneNumberId)
{
    /// <summary>The number as it is shown, such as <c>+1 555-078-3881</c>.</summary>
    public string? DisplayPhoneNumber { get; init; }

    /// <summary>The business name shown to people.</summary>
    public string? VerifiedName { get; init; }

    /// <summary>CONNECTED, PENDING, RESTRICTED, BANNED and others.</summary>
    public string? Status { get; init; }

    /// <summary>GREEN, YELLOW, RED or UNKNOWN.</summary>
    public string? QualityRating { get; init; }

    /// <summary>STANDARD (80 messages a second), HIGH (1,000) or NOT_APPLICABLE.</summary>
    public string? ThroughputLevel { get; init; }

    /// <summary>The pace that Meta gives the number, in and out: 20 in the Business app, 80 or 1,000; null where its level says neither.</summary>
    public int? MessagesPerSecond => (IsOnBusinessApp, ThroughputLevel?.ToUpperInvariant()) switch
    {
        (true, _) => 20,
        (_, "HIGH") => 1_000,
        (_, "STANDARD") => 80,
        _ => null,
    };

    /// <summary>Unique people a rolling day for the whole portfolio: TIER_250, TIER_2K, TIER_10K, TIER_100K or TIER_UNLIMITED.</summary>
    public string? MessagingLimit { get; init; }

    /// <summary>VERIFIED, NOT_VERIFIED or EXPIRED.</summary>
    public string? CodeVerificationStatus { get; init; }

    /// <summary>State of the shown name, such as APPROVED.</summary>
    public string? NameStatus { get; init; }

    /// <summary>CLOUD_API, ON_PREMISE or NOT_APPLICABLE.</summary>
    public string? PlatformType { get; init; }

    /// <summary>Whether the number is also used in the WhatsApp Business app, which limits it to 20 messages a second.</summary>
    public bool? IsOnBusinessApp { get; init; }

    /// <summary>Never the number.</summary>
    /// <returns>Meta's id of the number.</returns>
    public override string ToString() => PhoneNumberId;
}

namespace Herald.Simulator;

/// <summary>A system-user token: what it may do and on which accounts.</summary>
internal sealed class AccessToken(string value, IReadOnlyList<string> scopes, IReadOnlyList<string> wabaIds, DateTimeOffset issuedAt)
{
    public const string ManagementScope = "whatsapp_business_management";
    public const string MessagingScope = "whatsapp_business_messaging";

    public string Value => value;

    public IReadOnlyList<string> Scopes => scopes;

    public IReadOnlyList<string> WabaIds => wabaIds;

    public DateTimeOffset IssuedAt => issuedAt;

    /// <summary>Null: never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Subcode of error 190 since the revocation; null while the token is good.</summary>
    public int? RevokedSubcode { get; set; }

    public bool MayManage => scopes.Contains(ManagementScope, StringComparer.Ordinal);

    public bool MayMessage => scopes.Contains(MessagingScope, StringComparer.Ordinal);

    public bool Covers(Waba waba) => wabaIds.Contains(waba.Id, StringComparer.Ordinal);

    public GraphError? Refusal(DateTimeOffset now) =>
        RevokedSubcode is { } subcode ? GraphErrors.TokenRevoked(subcode)
        : ExpiresAt is { } end && end <= now ? GraphErrors.TokenExpired()
        : null;
}

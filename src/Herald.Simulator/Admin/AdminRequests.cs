namespace Herald.Simulator;

internal sealed record BusinessRequest(string Name, IReadOnlyList<NumberSetup> Numbers);

internal sealed record TokenRequest(string Token, IReadOnlyList<string> Scopes, IReadOnlyList<string> WabaIds, DateTimeOffset? ExpiresAt = null);

internal sealed record RevokeRequest(string Token, int? Subcode = null);

internal sealed record CallbackRequest(Uri Url, string VerifyToken);

internal sealed record TextRequest(string PhoneNumberId, string Text, string? ProfileName = null);

/// <summary>One of the three is given.</summary>
internal sealed record TapRequest(string? ButtonId = null, string? RowId = null, string? TemplateButton = null);

internal sealed record PreferenceRequest(string PhoneNumberId, bool Stop);

internal sealed record ThroughputRequest(double OutageSeconds);

internal sealed record TemplateStatusRequest(string Status, string? Reason = null);

internal sealed record TemplateCategoryRequest(string Category);

internal sealed record TemplateQualityRequest(string Score);

using System.Text.Json.Nodes;

namespace Herald.Simulator;

/// <summary>A button of a template, as far as sending needs it.</summary>
/// <param name="Type">Upper case: <c>QUICK_REPLY</c>, <c>URL</c>, <c>PHONE_NUMBER</c>, <c>COPY_CODE</c>, <c>OTP</c>, …</param>
/// <param name="Text">Its label.</param>
/// <param name="NeedsParameter">Whether each send must bring a parameter.</param>
internal sealed record TemplateButton(string Type, string Text, bool NeedsParameter);

/// <summary>What a template consists of, read once at creation.</summary>
internal sealed record TemplateContent
{
    /// <summary>The components as <c>GET</c> returns them.</summary>
    public required JsonArray Components { get; init; }

    /// <summary>Null without header, else <c>TEXT</c>, <c>IMAGE</c>, <c>VIDEO</c>, <c>DOCUMENT</c> or <c>LOCATION</c>.</summary>
    public string? HeaderFormat { get; init; }

    public string HeaderText { get; init; } = "";

    public IReadOnlyList<string> HeaderVariables { get; init; } = [];

    public required string BodyText { get; init; }

    public IReadOnlyList<string> BodyVariables { get; init; } = [];

    public string FooterText { get; init; } = "";

    public IReadOnlyList<TemplateButton> Buttons { get; init; } = [];
}

/// <summary>A message template in one language.</summary>
internal sealed class Template
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required string Language { get; init; }

    public required string Category { get; set; }

    public string? PreviousCategory { get; set; }

    /// <summary>Whether variables are named; else they are numbered.</summary>
    public required bool Named { get; init; }

    public required TemplateContent Content { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public string Status { get; set; } = TemplateStatus.Pending;

    public string RejectedReason { get; set; } = "NONE";

    public string QualityScore { get; set; } = "UNKNOWN";

    public long? TimeToLiveSeconds { get; set; }
}

/// <summary>Names of template states.</summary>
internal static class TemplateStatus
{
    public const string Approved = "APPROVED";
    public const string Pending = "PENDING";
    public const string Rejected = "REJECTED";
    public const string Paused = "PAUSED";
    public const string Disabled = "DISABLED";
    public const string Deleted = "DELETED";

    public static readonly string[] All = [Approved, Pending, Rejected, Paused, Disabled];
}

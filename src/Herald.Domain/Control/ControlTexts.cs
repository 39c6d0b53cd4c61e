using System.Globalization;
using Herald.Domain.Campaigns;
using Herald.Domain.Consents;
using Herald.Domain.Templates;
using Herald.Domain.Tenants;

namespace Herald.Domain.Control;

/// <summary>The sentences in one language, filled.</summary>
internal sealed class ControlTexts
{
    private static readonly ControlTexts English = new("en", ",", ControlTextsEnglish.Texts);

    private static readonly Dictionary<string, ControlTexts> ByLanguage = new(StringComparer.Ordinal)
    {
        ["en"] = English,
        ["es"] = new("es", ".", ControlTextsSpanish.Texts),
        ["pt"] = new("pt", ".", ControlTextsPortuguese.Texts),
    };

    private readonly IReadOnlyDictionary<ControlText, string> _texts;
    private readonly NumberFormatInfo _numbers;

    private ControlTexts(string language, string groupSeparator, IReadOnlyDictionary<ControlText, string> texts)
    {
        Language = language;
        _texts = texts;
        _numbers = new NumberFormatInfo { NumberGroupSeparator = groupSeparator, NumberDecimalDigits = 0 };
    }

    public string Language { get; }

    /// <summary>The texts of a language; English if there are none.</summary>
    public static ControlTexts For(string? language) => ByLanguage.GetValueOrDefault(ConsentTexts.LanguageOf(language), English);

    public string this[ControlText key] => _texts[key];

    public string Get(ControlText key, params object[] values) => string.Format(CultureInfo.InvariantCulture, _texts[key], values);

    public string Number(long value) => value.ToString("N", _numbers);

    /// <summary>A span in the largest unit that leaves at least two of it, rounded up, so that nobody waits longer than told.</summary>
    public string Duration(TimeSpan span) => span.TotalSeconds switch
    {
        < 120 => Get(ControlText.DurationSeconds, Number((long)Math.Ceiling(span.TotalSeconds))),
        < 7200 => Get(ControlText.DurationMinutes, Number((long)Math.Ceiling(span.TotalMinutes))),
        _ => Get(ControlText.DurationHours, Number((long)Math.Ceiling(span.TotalHours))),
    };

    public string Role(OwnerRole role) => this[Enum.Parse<ControlText>($"Role{role}")];

    public string State(CampaignState state) => this[Enum.Parse<ControlText>($"State{state}")];

    public string State(TemplateState state) => this[Enum.Parse<ControlText>($"Template{state}")];

    public string Cause(PauseCause cause) => this[Enum.Parse<ControlText>($"Cause{cause}")];

    /// <summary>Why the domain refused, in the owner's words.</summary>
    public string Refusal(Rejection rejection) => rejection.Reason switch
    {
        RejectionReason.TemplateNotApproved => this[ControlText.TemplateNotApproved],
        RejectionReason.SenderNotReady => this[ControlText.SenderNotReady],
        RejectionReason.AudienceEmpty => this[ControlText.AudienceEmpty],
        RejectionReason.PausedByAnother => this[ControlText.PausedByAnother],
        RejectionReason.TenantNotActive => this[ControlText.TenantNotActive],
        _ => this[ControlText.StateForbids],
    };
}

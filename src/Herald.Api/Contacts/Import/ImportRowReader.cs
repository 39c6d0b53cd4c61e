using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Herald.Api.Consents;
using Herald.Api.Errors;
using Herald.Contracts.Errors.V1;
using Herald.Domain;
using Herald.Domain.Consents;
using Herald.Domain.Contacts;
using Herald.Storage.Contacts;

namespace Herald.Api.Contacts.Import;

/// <summary>Makes a contact of a row, or tells everything that is wrong with it. The fields of its violations are the names of columns.</summary>
internal sealed partial class ImportRowReader(ImportPlan plan, ImportColumns columns, IIdSource ids)
{
    private const char Replacement = '\uFFFD';
    private readonly Dictionary<string, bool> _zones = new(StringComparer.Ordinal);

    /// <summary>The contact; null if something is wrong.</summary>
    public ContactImportRow? Read(string[] row, out IReadOnlyList<FieldViolation> errors)
    {
        var violations = new Violations();
        if (row.Length != columns.Count)
        {
            violations.Add("", "column_count", $"A row has {columns.Count} cells, as the first line has.");
            errors = violations.Found;
            return null;
        }
        if (row.Any(cell => cell.AsSpan().ContainsAny('\0', Replacement)))
            violations.Add("", Rules.Malformed, "The file is UTF-8, without the character NUL.");
        var phone = violations.Phone(ImportColumns.Phone, columns.Cell(row, ImportColumns.Phone), plan.Region);
        var name = columns.Cell(row, ImportColumns.Name);
        var language = columns.Cell(row, ImportColumns.Language);
        var zone = columns.Cell(row, ImportColumns.TimeZone);
        violations.OptionalText(ImportColumns.Name, name, ContactValidation.NameMax);
        violations.Language(ImportColumns.Language, language);
        if (zone.Length > 0 && !IsTimeZone(zone))
            violations.TimeZone(ImportColumns.TimeZone, zone);
        var attributes = ReadAttributes(violations, row);
        var consent = ReadConsent(violations, row);
        errors = violations.Found;
        return !violations.IsEmpty ? null : new ContactImportRow
        {
            NewContactId = new ContactId(ids.NewId()),
            Phone = phone.Digits,
            PhoneVariants = [.. phone.Variants().Skip(1).Select(variant => variant.Digits)],
            DisplayName = name,
            Language = language,
            TimeZone = zone,
            Attributes = attributes,
            Consent = consent,
        };
    }

    private Dictionary<string, string> ReadAttributes(Violations violations, string[] row)
    {
        var attributes = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, place) in columns.Attributes)
        {
            violations.OptionalText(name, row[place], ContactValidation.AttributeValueMax);
            if (row[place].Length > 0)
                attributes[name] = row[place];
        }
        return attributes;
    }

    private ContactImportConsent? ReadConsent(Violations violations, string[] row)
    {
        var word = columns.Cell(row, ImportColumns.Consent);
        if (word.Length == 0)
            return null;
        ConsentAction? action = word.ToUpperInvariant() switch
        {
            "YES" => ConsentAction.Grant,
            "NO" => ConsentAction.Revoke,
            _ => null,
        };
        if (action is not { } decided)
        {
            violations.Add(ImportColumns.Consent, Rules.UnknownValue, "It is 'yes', 'no' or empty.");
            return null;
        }
        var timeText = columns.Cell(row, ImportColumns.ConsentTime);
        var source = OrDefault(columns.Cell(row, ImportColumns.ConsentSource), plan.ConsentSource);
        var wording = OrDefault(columns.Cell(row, ImportColumns.ConsentWording), plan.ConsentWording);
        violations.OptionalText(ImportColumns.ConsentSource, source, ConsentValidation.OriginMax);
        violations.OptionalText(ImportColumns.ConsentWording, wording, ConsentValidation.WordingMax);
        if (decided == ConsentAction.Grant && string.IsNullOrWhiteSpace(source) && string.IsNullOrWhiteSpace(wording))
            violations.Add(ImportColumns.Consent, "evidence_required", "A grant needs a consent_source or a consent_wording, in the row or for the file.");
        var time = ReadTime(violations, timeText);
        return new ContactImportConsent
        {
            EventId = new ConsentEventId(ids.NewId()),
            Purpose = plan.Purpose,
            Action = decided,
            Source = ConsentSource.Import,
            EvidenceKey = EvidenceKey(decided, timeText, source, wording),
            Evidence = ConsentMapping.WriteEvidence(wording, source, ""),
            Actor = plan.Actor,
            EventTime = Micros.ToTime(ConsentRules.EventTimeMicros(time, plan.Now, decided, isWholeSeconds: false)),
        };
    }

    private DateTimeOffset ReadTime(Violations violations, string text)
    {
        if (text.Length == 0)
            return plan.Now;
        if (!Rfc3339().IsMatch(text) || !DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
        {
            violations.Add(ImportColumns.ConsentTime, Rules.Malformed, "It is a time in RFC 3339, such as 2026-01-31T12:00:00Z.");
            return plan.Now;
        }
        violations.EventTime(ImportColumns.ConsentTime, time, plan.Now);
        return time;
    }

    /// <summary>
    /// The same decision has the same key, so that importing a file again records nothing. A decision without a time happened when the file
    /// was imported; then the import is part of it.
    /// </summary>
    private string EvidenceKey(ConsentAction action, string time, string source, string wording)
    {
        var text = string.Join('\n', plan.Purpose, action, time.Length > 0 ? time : plan.ImportId, source, wording);
        return $"import:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}";
    }

    /// <summary>Files repeat few zones in many rows, and finding one reads a file.</summary>
    private bool IsTimeZone(string zone)
    {
        const int ZonesMax = 1_000;
        if (_zones.TryGetValue(zone, out var isKnown))
            return isKnown;
        isKnown = FieldChecks.IsTimeZone(zone);
        if (_zones.Count < ZonesMax)
            _zones[zone] = isKnown;
        return isKnown;
    }

    private static string OrDefault(string text, string whenEmpty) => text.Length == 0 ? whenEmpty : text;

    [GeneratedRegex(@"\A\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}:\d{2}(\.\d{1,9})?([Zz]|[+-]\d{2}:\d{2})\z")]
    private static partial Regex Rfc3339();
}

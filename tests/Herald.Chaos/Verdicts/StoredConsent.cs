using System.Globalization;
using Herald.Domain.Consents;

namespace Herald.Chaos.Verdicts;

/// <summary>An event of the consent ledger.</summary>
internal sealed class StoredConsent
{
    public ConsentAction Action { get; init; }

    public ConsentSource Source { get; init; }

    public long EventMicros { get; init; }

    public long RecordMicros { get; init; }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Action} by {Source} of {StoredAttempt.Time(EventMicros):HH:mm:ss.fff}, recorded {StoredAttempt.Time(RecordMicros):HH:mm:ss.fff}");
}

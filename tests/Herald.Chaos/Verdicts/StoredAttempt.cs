using System.Globalization;
using Herald.Storage.Messages;

namespace Herald.Chaos.Verdicts;

/// <summary>A row of the journal of attempts.</summary>
internal sealed class StoredAttempt
{
    public Guid MessageId { get; init; }

    public int Attempt { get; init; }

    public string Node { get; init; } = "";

    public long StartMicros { get; init; }

    public long? EndMicros { get; init; }

    public AttemptOutcome Outcome { get; init; }

    /// <summary>The process id within the node's name.</summary>
    public int Process => int.Parse(Node.Split('/')[1], CultureInfo.InvariantCulture);

    public DateTimeOffset Start => Time(StartMicros);

    public DateTimeOffset End => EndMicros is { } micros ? Time(micros) : DateTimeOffset.MaxValue;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"attempt {Attempt} by {Process} from {Start:HH:mm:ss.fff} to {(EndMicros is null ? "?" : End.ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture))} {Outcome}");

    /// <summary>A time as it is stored.</summary>
    public static DateTimeOffset Time(long micros) => DateTimeOffset.UnixEpoch.AddTicks(micros * TimeSpan.TicksPerMicrosecond);
}

using Herald.Domain.Messages;

namespace Herald.Domain.Portfolios;

/// <summary>
/// The limit of a business portfolio at one moment: who may still be reached, and when the others may. People are counted in spans of time, so that
/// somebody counts for up to one span longer than the day; marketing leaves a reserve to transactional messages.
/// </summary>
public sealed class PortfolioBudget
{
    /// <summary>How long a person counts after the last message.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromHours(24);

    /// <summary>The width of a span.</summary>
    public static readonly TimeSpan SpanWidth = TimeSpan.FromMinutes(10);

    private static readonly long WindowMicros = Micros.FromSpan(Window);
    private static readonly long WidthMicros = Micros.FromSpan(SpanWidth);

    private readonly List<(long Time, long Room)> _freed = [];
    private readonly Dictionary<MessageClass, int> _next = [];
    private readonly int _peopleMax;
    private readonly long _reserve;
    private readonly long _now;
    private long _planned;

    /// <summary>Reads the spans of the last day, and those to come.</summary>
    /// <param name="peopleMax">The limit.</param>
    /// <param name="reservePercent">How much of it marketing leaves, 0 to 90.</param>
    /// <param name="now">The present.</param>
    /// <param name="spans">All spans that are not older than a day and one span; others are ignored.</param>
    public PortfolioBudget(int peopleMax, int reservePercent, DateTimeOffset now, IEnumerable<PortfolioSpan> spans)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(peopleMax, 0);
        ArgumentOutOfRangeException.ThrowIfLessThan(reservePercent, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(reservePercent, 90);
        ArgumentNullException.ThrowIfNull(spans);
        _peopleMax = peopleMax;
        _reserve = (long)peopleMax * reservePercent / 100;
        _now = Micros.FromTime(now);
        var counting = spans.Where(span => FreeTime(span.Start) > _now).OrderBy(span => span.Start).ToList();
        var planned = counting.Where(span => span.Planned > 0 && span.Start > _now).ToList();
        var (room, next) = (0L, 0);
        foreach (var span in counting.Where(span => span.Reached > 0))
        {
            Reached += span.Reached;
            room += span.Reached;
            for (; next < planned.Count && planned[next].Start <= FreeTime(span.Start); next++)
                room -= planned[next].Planned;
            _freed.Add((FreeTime(span.Start), room));
        }
    }

    /// <summary>How many people count now.</summary>
    public long Reached { get; private set; }

    /// <summary>How many more people may be reached now by what is not marketing.</summary>
    public long Left => Math.Max(0, _peopleMax - Reached);

    /// <summary>How many more people may be reached now by marketing.</summary>
    public long LeftForMarketing => Math.Max(0, _peopleMax - _reserve - Reached);

    /// <summary>The oldest span that may still count at this time begins after this; in microseconds since 1970.</summary>
    public static long Oldest(DateTimeOffset now) => Micros.FromTime(now) - WindowMicros - WidthMicros;

    /// <summary>The start of the span that a time is in, both in microseconds since 1970.</summary>
    public static long SpanOf(long micros) => micros - (micros % WidthMicros);

    /// <summary>Reaches one more person, if the limit allows.</summary>
    public bool TryTake(MessageClass messageClass)
    {
        if (Reached >= Max(messageClass))
            return false;
        Reached++;
        return true;
    }

    /// <summary>
    /// When a message for which nothing is left may be tried again: as soon as somebody's day is over who is not spoken for already; a day from
    /// now at the latest. In microseconds since 1970.
    /// </summary>
    public long Postpone(MessageClass messageClass)
    {
        var left = Max(messageClass) - Reached;
        // Room never grows within one moment, so a time without any is not looked at again.
        var next = _next.GetValueOrDefault(messageClass);
        while (next < _freed.Count && left + _freed[next].Room - _planned <= 0)
            next++;
        _next[messageClass] = next;
        _planned++;
        return next < _freed.Count ? _freed[next].Time : _now + WindowMicros + WidthMicros;
    }

    /// <summary>
    /// How a campaign to this many people who count fits in, behind those who are waiting already; <paramref name="shared"/> more of its people are
    /// among these.
    /// </summary>
    public PortfolioForecast Forecast(long people, long shared, long waiting, MessageClass messageClass)
    {
        var left = Math.Max(0, Max(messageClass) - Reached);
        var now = Math.Min(people, Math.Max(0, left - waiting));
        var later = Math.Max(0, people + waiting - left);
        var perDay = Math.Max(1, Max(messageClass));
        // Who of the shared comes last is not known, so all who are waiting come before.
        var days = people + shared == 0 ? 1 : (left > 0 ? 1 : 0) + (int)Math.Min(int.MaxValue / 2, (later + perDay - 1) / perDay);
        return new PortfolioForecast(_peopleMax, Reached, waiting, people, now, shared, days, people > now || (shared > 0 && waiting > left));
    }

    private static long FreeTime(long spanStart) => spanStart + WidthMicros + WindowMicros;

    private long Max(MessageClass messageClass) => messageClass == MessageClass.Marketing ? _peopleMax - _reserve : _peopleMax;
}

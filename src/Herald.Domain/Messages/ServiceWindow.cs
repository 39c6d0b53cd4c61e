namespace Herald.Domain.Messages;

/// <summary>The time in which anything but a template may be sent to a person: it opens anew whenever the person writes to the sender.</summary>
public static class ServiceWindow
{
    /// <summary>How long it stays open.</summary>
    public static readonly TimeSpan Duration = TimeSpan.FromHours(24);

    /// <summary>When it closes.</summary>
    /// <param name="inbound">When the person last wrote.</param>
    public static DateTimeOffset CloseTime(DateTimeOffset inbound) => inbound + Duration;

    /// <summary>Whether a message may leave at that time.</summary>
    /// <param name="inbound">When the person last wrote; null if never.</param>
    /// <param name="at">When the message leaves.</param>
    public static bool IsOpen(DateTimeOffset? inbound, DateTimeOffset at) => inbound is { } time && at < CloseTime(time);
}

using Herald.Domain.Messages;

namespace Herald.Grains.Messages;

/// <summary>
/// How long a message that is sent by itself waits at most, from the time it is due: for its sender to be connected again, for a limit, for WhatsApp to
/// answer. Then it ends EXPIRED. A request's own expire time comes before these; campaigns have none. Section <c>Herald:Delivery</c>.
/// </summary>
public sealed class LifetimeOptions
{
    /// <summary>The shortest lifetime.</summary>
    public static readonly TimeSpan LifetimeMin = TimeSpan.FromSeconds(30);

    /// <summary>The longest lifetime: WhatsApp itself tries no longer.</summary>
    public static readonly TimeSpan LifetimeMax = TimeSpan.FromDays(30);

    /// <summary>
    /// Of authentication templates; 30 s to 30 days, default 10 min, which is how long WhatsApp itself tries to deliver them: a one-time code that comes
    /// later is of no use.
    /// </summary>
    public TimeSpan AuthenticationLifetime { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Of free-form messages, Herald's own answers included; 30 s to 30 days, default 1 day, after which the contact's window is closed.</summary>
    public TimeSpan ReplyLifetime { get; set; } = TimeSpan.FromDays(1);

    /// <summary>Of utility templates; 30 s to 30 days, default 3 days.</summary>
    public TimeSpan UtilityLifetime { get; set; } = TimeSpan.FromDays(3);

    /// <summary>Of marketing templates; 30 s to 30 days, default 7 days, as long as one that WhatsApp withheld is tried again.</summary>
    public TimeSpan MarketingLifetime { get; set; } = TimeSpan.FromDays(7);

    /// <summary>When a message that is due then is too late.</summary>
    /// <param name="messageClass">What it is for.</param>
    /// <param name="dueTime">When it is to leave.</param>
    public DateTimeOffset ExpireTime(MessageClass messageClass, DateTimeOffset dueTime) => dueTime + messageClass switch
    {
        MessageClass.Authentication => AuthenticationLifetime,
        MessageClass.Reply => ReplyLifetime,
        MessageClass.Utility => UtilityLifetime,
        MessageClass.Marketing => MarketingLifetime,
        _ => throw new ArgumentOutOfRangeException(nameof(messageClass), messageClass, "Unknown message class."),
    };
}

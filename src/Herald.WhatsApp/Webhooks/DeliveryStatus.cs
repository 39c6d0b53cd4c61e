namespace Herald.WhatsApp.Webhooks;

/// <summary>What a status webhook says became of a message.</summary>
public enum DeliveryStatus
{
    /// <summary>A status that is not one of the others; see <see cref="MessageStatusChange.StatusName"/>.</summary>
    Other,

    /// <summary>It left Meta towards the person.</summary>
    Sent,

    /// <summary>It reached a device.</summary>
    Delivered,

    /// <summary>The person saw it.</summary>
    Read,

    /// <summary>It will not arrive.</summary>
    Failed,
}

using Microsoft.Extensions.Logging;

namespace Herald.Webhooks;

internal static partial class WebhookLog
{
    [LoggerMessage(3001, LogLevel.Warning, "A webhook delivery of {Bytes} bytes carried no valid signature and was refused.")]
    public static partial void SignatureRefused(this ILogger log, int bytes);

    [LoggerMessage(3002, LogLevel.Error, "A webhook delivery could not be stored; Meta will repeat it.")]
    public static partial void NotStored(this ILogger log, Exception error);

    [LoggerMessage(3003, LogLevel.Warning, "The webhook inbox cannot be read now; trying again.")]
    public static partial void InboxUnavailable(this ILogger log, Exception error);

    [LoggerMessage(3004, LogLevel.Warning, "Delivery {Delivery} failed at attempt {Attempt}; it is tried again.")]
    public static partial void DeliveryRetried(this ILogger log, Exception error, Guid delivery, int attempt);

    [LoggerMessage(3005, LogLevel.Error, "Delivery {Delivery} failed {Attempts} times and is parked for an operator.")]
    public static partial void DeliveryParked(this ILogger log, Exception error, Guid delivery, int attempts);

    [LoggerMessage(3006, LogLevel.Debug, "Processed {Deliveries} deliveries with {Statuses} statuses, {Messages} inbound messages.")]
    public static partial void RoundDone(this ILogger log, int deliveries, int statuses, int messages);

    [LoggerMessage(3007, LogLevel.Information, "This node processes the webhook inbox now (epoch {Epoch}).")]
    public static partial void InboxOwned(this ILogger log, long epoch);

    [LoggerMessage(3008, LogLevel.Warning, "An opt-out could not be carried out before its delivery was acknowledged; the inbox does it.")]
    public static partial void StopLeftToInbox(this ILogger log, Exception error);

    [LoggerMessage(3009, LogLevel.Warning, "A delivery was acknowledged before all that it opts out was certain to be over; {People} people opted out.")]
    public static partial void StopBarrierTimedOut(this ILogger log, int people);
}

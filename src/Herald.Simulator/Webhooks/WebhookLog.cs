namespace Herald.Simulator;

internal static partial class WebhookLog
{
    [LoggerMessage(1, LogLevel.Debug, "A webhook was answered {Status} at attempt {Attempt}; it will be repeated.")]
    public static partial void PostRefused(ILogger log, int status, int attempt);

    [LoggerMessage(2, LogLevel.Debug, "A webhook could not be posted ({Failure}) at attempt {Attempt}; it will be repeated.")]
    public static partial void PostFailed(ILogger log, string failure, int attempt);

    [LoggerMessage(3, LogLevel.Warning, "The handshake with the callback failed ({Failure}).")]
    public static partial void HandshakeFailed(ILogger log, string failure);
}

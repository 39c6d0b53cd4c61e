using Microsoft.Extensions.Logging;

namespace Herald.Storage;

internal static partial class SignalsLog
{
    [LoggerMessage(1, LogLevel.Warning, "The listening connection to the database is lost; trying again in {Delay}.")]
    public static partial void ConnectionLost(ILogger logger, TimeSpan delay, Exception exception);
}

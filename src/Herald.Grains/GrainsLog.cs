using Microsoft.Extensions.Logging;

namespace Herald.Grains;

internal static partial class GrainsLog
{
    [LoggerMessage(1, LogLevel.Warning, "The database failed {Grain}.{Method}; its caller may try again.")]
    public static partial void StorageFailed(ILogger logger, Exception exception, string? grain, string? method);
}

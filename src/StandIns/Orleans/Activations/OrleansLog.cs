using Microsoft.Extensions.Logging;

namespace Orleans.Runtime;

internal static partial class OrleansLog
{
    [LoggerMessage(1, LogLevel.Warning, "Grain {Grain} has {Count} calls running and waiting, above the soft limit of {Limit}.")]
    public static partial void ManyCallsWait(ILogger log, GrainId grain, int count, int limit);

    [LoggerMessage(2, LogLevel.Error, "Grain {Grain} could not be activated.")]
    public static partial void ActivationFailed(ILogger log, Exception error, GrainId grain);

    [LoggerMessage(3, LogLevel.Warning, "Grain {Grain} failed while it was deactivated; it is dropped all the same.")]
    public static partial void DeactivationFailed(ILogger log, Exception error, GrainId grain);

    [LoggerMessage(4, LogLevel.Error, "A timer of grain {Grain} failed.")]
    public static partial void TimerFailed(ILogger log, Exception error, GrainId grain);

    [LoggerMessage(5, LogLevel.Warning, "The silo stopped while {Count} activations were still busy.")]
    public static partial void StoppedWithActivations(ILogger log, int count);

    [LoggerMessage(6, LogLevel.Warning, "The connection that listens for other nodes' writes was lost; next try in {Delay}.")]
    public static partial void ListenerLost(ILogger log, Exception error, TimeSpan delay);

    [LoggerMessage(7, LogLevel.Warning, "Grain {Grain} failed while it was disposed.")]
    public static partial void DisposalFailed(ILogger log, Exception error, GrainId grain);

    [LoggerMessage(8, LogLevel.Warning, "{Call} failed, and nobody waits for its answer.")]
    public static partial void ErrorWithoutCaller(ILogger log, Exception error, string call);
}

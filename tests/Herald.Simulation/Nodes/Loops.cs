using System.Reflection;
using Microsoft.Extensions.Hosting;

namespace Herald.Simulation.Nodes;

/// <summary>Starts loops without the host, which would start them on the thread pool.</summary>
internal static class Loops
{
    private static readonly MethodInfo Execute =
        typeof(BackgroundService).GetMethod("ExecuteAsync", BindingFlags.Instance | BindingFlags.NonPublic)
        ?? throw new InvalidOperationException("A background service has no ExecuteAsync.");

    public static Task ExecuteAsync(BackgroundService loop, CancellationToken stop) =>
        (Task)(Execute.Invoke(loop, BindingFlags.DoNotWrapExceptions, null, [stop], null)
            ?? throw new InvalidOperationException("A background service did not start."));
}

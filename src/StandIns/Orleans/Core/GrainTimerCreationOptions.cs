using System.Diagnostics.CodeAnalysis;

namespace Orleans.Runtime;

/// <summary>When a grain timer ticks, and how its ticks mix with calls.</summary>
public readonly struct GrainTimerCreationOptions
{
    /// <summary>Sets both times; ticks neither interleave nor keep the activation alive.</summary>
    /// <param name="dueTime">The time until the first tick; infinite: not before the timer is changed.</param>
    /// <param name="period">The time from the end of a tick to the next; infinite: no further one.</param>
    [SetsRequiredMembers]
    public GrainTimerCreationOptions(TimeSpan dueTime, TimeSpan period)
    {
        DueTime = dueTime;
        Period = period;
    }

    /// <summary>The time until the first tick; infinite: not before the timer is changed.</summary>
    public required TimeSpan DueTime { get; init; }

    /// <summary>The time from the end of a tick to the next; infinite: no further one.</summary>
    public required TimeSpan Period { get; init; }

    /// <summary>True if ticks may run between the turns of a call. The default is false: a tick waits like a call.</summary>
    public bool Interleave { get; init; }

    /// <summary>True if a tick counts as use, so that the activation is not collected for being idle. The default is false.</summary>
    public bool KeepAlive { get; init; }
}

namespace Orleans.Runtime;

/// <summary>A timer of a grain. Disposing it ends it.</summary>
public interface IGrainTimer : IDisposable
{
    /// <summary>Changes when the timer ticks next.</summary>
    /// <param name="dueTime">The time until the next tick; infinite: it stands still.</param>
    /// <param name="period">The time from the end of a tick to the next; infinite: no further one.</param>
    void Change(TimeSpan dueTime, TimeSpan period);
}

namespace Herald.Simulator;

/// <summary>Where a message outside the 24 hour window is refused.</summary>
public enum WindowRefusal
{
    /// <summary>The call answers 200 and a <c>failed</c> status with 131047 follows, as Meta mostly does.</summary>
    Webhook,

    /// <summary>The call itself answers 131047.</summary>
    Sync,
}
